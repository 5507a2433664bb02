import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connectDesk } from './desk-host.ts'
import type { Host } from './host.ts'

const answers = () => vi.fn<(...asked: unknown[]) => Promise<unknown>>()
type Sdk = Record<'get' | 'request' | 'invoke', ReturnType<typeof answers>>

let sdk: Sdk
beforeEach(() => {
  sdk = { get: answers(), request: answers(), invoke: answers() }
  vi.stubGlobal('ZOHODESK', sdk)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

async function connected(app: object = {}): Promise<Host> {
  const host = await connectDesk(Promise.resolve(app))
  if (!host.ok) throw new Error(host.error.message)
  return host.value
}

describe('connecting', () => {
  it('says when the page is not inside Desk', async () => {
    vi.stubGlobal('ZOHODESK', undefined)
    expect(await connectDesk(undefined)).toMatchObject({ ok: false, error: { kind: 'missing' } })
  })

  it('says when Desk never registers the page', async () => {
    vi.useFakeTimers()
    const connecting = connectDesk(new Promise(() => undefined))
    await vi.advanceTimersByTimeAsync(20_000)
    expect(await connecting).toMatchObject({ ok: false, error: { kind: 'silent' } })
  })

  it('reads the App, whatever of it is missing', async () => {
    expect((await connected()).app).toEqual({ locale: 'en', words: {}, preferences: {}, meta: {} })
    const meta = { userPreferences: { appearance: 'dark' } }
    const host = await connected({ locale: 'ja', localeResources: { a: 'あ' }, meta })
    expect(host.app).toEqual({ locale: 'ja', words: { a: 'あ' }, preferences: { appearance: 'dark' }, meta })
  })
})

describe('asking', () => {
  it('names the person, with the time zone where Desk gives it', async () => {
    sdk.get.mockImplementation(async (name) => {
      if (name === 'user.timeZone') throw new Error('unknown property')
      return { status: 'success', [String(name)]: name === 'portal.id' ? '6' : '7' }
    })
    expect(await (await connected()).person()).toEqual({ ok: true, value: { portalId: '6', userId: '7' } })
  })

  it('turns a call that throws, and one that is refused, into a failure', async () => {
    sdk.get.mockImplementationOnce(() => {
      throw new Error('Parentwindow reference not found.')
    })
    const host = await connected()
    expect(await host.ticketId()).toMatchObject({ ok: false, error: { kind: 'refused' } })
    sdk.get.mockRejectedValueOnce({ code: 403 })
    expect(await host.ticketId()).toMatchObject({ ok: false, error: { message: '{"code":403}' } })
  })

  it('sends a call through the proxy with its body, and never with a response type', async () => {
    sdk.request.mockResolvedValue('{"statusCode":200,"response":"{}"}')
    const headers = { Authorization: 'Bearer {{install_key}}' }
    const answer = await (await connected()).proxy({ url: 'https://w', method: 'POST', headers, body: { a: 1 } })
    expect(answer).toEqual({ ok: true, value: { status: 200, text: '{}' } })
    expect(sdk.request).toHaveBeenCalledWith({ url: 'https://w', type: 'POST', headers, data: {}, postBody: { a: 1 } })
  })

  it('leads to another ticket', async () => {
    sdk.invoke.mockResolvedValue({ status: 'success' })
    await (await connected()).openTicket('18')
    expect(sdk.invoke).toHaveBeenCalledWith('ROUTE_TO', { entity: 'ticket', id: '18', page: 'dv' })
  })
})

it('listens to Desk', async () => {
  const handlers = new Map<string, (data: unknown) => void>()
  const host = await connected({
    instance: { on: (event: string, handler: () => void) => handlers.set(event, handler) },
  })
  const shifted = vi.fn()
  const preferred = vi.fn()
  host.onTicketShift(shifted)
  host.onPreferences(preferred)
  handlers.get('ticket_Shift')?.({})
  handlers.get('user_preference.changed')?.({ theme: 'red' })
  expect(shifted).toHaveBeenCalledOnce()
  expect(preferred).toHaveBeenCalledWith({ theme: 'red' })
})
