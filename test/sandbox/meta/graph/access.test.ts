import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoMeta } from '../../demo.ts'
import { errorOf, MetaKit } from '../testkit.ts'
import { isSupported } from './versions.ts'

let kit: MetaKit

beforeAll(async () => {
  kit = await MetaKit.start()
})
afterAll(() => kit.stop())

const own = demoMeta.phoneNumberId

describe('access to Graph', () => {
  it.each(['v21.0', 'v22.0', 'v23.0', 'v24.0', 'v25.0', 'v26.0'])('answers %s', async (version) => {
    const answer = await kit.request('GET', `/${version}/${own}`, null, demoMeta.token)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('facebook-api-version')).toBe(version)
  })

  it.each([`/v20.0/${own}`, `/v27.0/${own}`, `/v25.1/${own}`, `/${own}/messages`, `/v25.0/${own}/messages/more`])(
    'refuses the path %s',
    async (path) => {
      expect(errorOf(await kit.request('GET', path, null, demoMeta.token))).toMatchObject({ status: 400, code: 2500 })
    },
  )

  it('refuses a version after its end', () => {
    expect(isSupported('v21.0', Date.parse('2027-01-20T23:59:59Z'))).toBe(true)
    expect(isSupported('v21.0', Date.parse('2027-01-21T00:00:00Z'))).toBe(false)
    expect(isSupported('v26.0', Date.parse('2029-01-01T00:00:00Z'))).toBe(true)
  })

  it('refuses a call without a token', async () => {
    expect(errorOf(await kit.request('GET', `/v25.0/${own}`))).toMatchObject({ status: 403, code: 200 })
  })

  it('refuses a wrong, a revoked and an expired token with 190', async () => {
    expect(errorOf(await kit.graph('GET', own, null, 'wrong'))).toMatchObject({ status: 401, code: 190 })
    await kit.control('token', { token: 'short-lived', expiresAt: Math.floor(kit.clock.now() / 1000) + 60 })
    expect((await kit.graph('GET', own, null, 'short-lived')).status).toBe(200)
    await kit.control('clock', { advanceMs: 61_000 })
    expect(errorOf(await kit.graph('GET', own, null, 'short-lived'))).toMatchObject({ status: 401, code: 190 })
    await kit.control('token', { token: 'revoked', isRevoked: true })
    expect(errorOf(await kit.graph('GET', own, null, 'revoked'))).toMatchObject({ status: 401, code: 190 })
  })

  it("refuses another account's number with 200 and a missing permission with 10", async () => {
    const foreign = await kit.graph('GET', demoMeta.other.phoneNumberId)
    expect(errorOf(foreign)).toMatchObject({ status: 403, code: 200 })
    const body = { messaging_product: 'whatsapp', to: '+447700900123', text: { body: 'x' } }
    const sending = await kit.graph('POST', `${own}/messages`, body, demoMeta.other.token)
    expect(errorOf(sending)).toMatchObject({ status: 403, code: 200 })
    await kit.control('token', { token: 'manager', scopes: ['whatsapp_business_management'] })
    expect(errorOf(await kit.graph('POST', `${own}/messages`, body, 'manager'))).toMatchObject({
      status: 403,
      code: 10,
    })
  })

  it.each([
    ['GET', '999'],
    ['POST', '999/messages'],
    ['DELETE', own],
    ['GET', `${own}/messages`],
    ['POST', `${demoMeta.wabaId}/messages`],
    ['GET', `${own}/nothing`],
  ])('answers %s %s as an unsupported request', async (method, path) => {
    const answer = await kit.graph(method, path, method === 'POST' ? {} : null)
    expect(answer.status).toBe(400)
    expect(answer.body['error']).toMatchObject({ code: 100, error_subcode: 33, type: 'GraphMethodException' })
  })

  it('says how much of the account limit is used, and refuses beyond it', async () => {
    const answer = await kit.graph('GET', own)
    const usage: unknown = JSON.parse(answer.headers.get('x-business-use-case-usage') ?? '')
    expect(usage).toMatchObject({ [demoMeta.wabaId]: [{ type: 'whatsapp_business_management', call_count: 1 }] })
    for (let call = 0; call < 5_000; call += 1) kit.meta.deps.calls.add(demoMeta.wabaId, kit.clock.now())
    expect(errorOf(await kit.graph('GET', own))).toMatchObject({ status: 429, code: 80007 })
  })

  it('plays a fault instead of its answer', async () => {
    const fault = {
      match: `POST /v*/${own}/messages`,
      kind: 'error',
      status: 500,
      body: { error: { code: 131016 } },
      count: 1,
    }
    await kit.control('faults', fault)
    expect((await kit.send()).status).toBe(500)
    expect((await kit.send()).status).toBe(200)
  })
})
