import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../../../support/wait.ts'
import { demoMeta } from '../../demo.ts'
import { anything, errorOf, including, matching, MetaKit, partsOf } from '../testkit.ts'
import type { Answer } from '../testkit.ts'
import type { Json, NumberRecord } from '../state.ts'
import { shareBusinessApp } from './coexistence.ts'
import { signupFacts } from './facts.ts'

let kit: MetaKit
let number: NumberRecord

beforeEach(async () => {
  kit = await MetaKit.start()
  share(true)
})
afterEach(() => kit.stop())

function share(sharesHistory: boolean): void {
  const { world } = kit.meta.deps
  const shared = shareBusinessApp(world, demoMeta.businessId, signupFacts.businessAppNumber, sharesHistory)
  if (shared === undefined) throw new Error('the number is in the Business app')
  number = shared
  world.wabaOf(number).subscriptions = [{ appId: demoMeta.appId }]
  const token = world.state.tokens.find((each) => each.token === demoMeta.token)
  token?.wabaIds.push(number.wabaId)
}

const sync = (sync_type: string, phoneNumberId = number.id): Promise<Answer> =>
  kit.graph('POST', `${phoneNumberId}/smb_app_data`, { messaging_product: 'whatsapp', sync_type })
const changes = (field: string): Json[] =>
  kit.hooks
    .flatMap(({ body }) => partsOf(body['entry']).flatMap((entry) => partsOf(entry['changes'])))
    .flatMap((change) => (change['field'] === field ? partsOf([change['value']]) : []))
const historyOf = (value: Json): Json[] => partsOf(value['history'])

describe('a number of the Business app', () => {
  it('brings its contacts once', async () => {
    expect((await sync('smb_app_state_sync')).body).toEqual({
      messaging_product: 'whatsapp',
      request_id: matching(/^req-/),
    })
    await eventually('the contacts', () => changes('smb_app_state_sync').length === 1)
    expect(partsOf(changes('smb_app_state_sync')[0]?.['state_sync'])[0]).toMatchObject({
      type: 'contact',
      contact: { full_name: 'Sakura Tanaka', first_name: 'Sakura', phone_number: '819012345678' },
      action: 'add',
    })
    expect(errorOf(await sync('smb_app_state_sync'))).toMatchObject({ status: 400, code: 2593107 })
  })

  it('brings its history in phases, a picture by a webhook of its own', async () => {
    await sync('history')
    await eventually('the history', () => changes('history').length === 4)
    const parts = changes('history').flatMap(historyOf)
    const metadata = parts.map((part) => part['metadata']).toSorted((a, b) => phaseOf(a) - phaseOf(b))
    expect(metadata).toEqual([
      { phase: 0, chunk_order: 1, progress: 33 },
      { phase: 1, chunk_order: 1, progress: 67 },
      { phase: 2, chunk_order: 1, progress: 100 },
    ])
    const messages = parts.flatMap((part) => partsOf(part['threads'])).flatMap((thread) => partsOf(thread['messages']))
    expect(messages).toHaveLength(6)
    expect(messages).toEqual(including([matchingMessage('media_placeholder'), matchingMessage('text')]))
    const pictures = changes('history').flatMap((value) => partsOf(value['messages']))
    expect(pictures).toHaveLength(1)
    expect(pictures[0]).toMatchObject({
      type: 'image',
      id: messages.find(({ type }) => type === 'media_placeholder')?.['id'],
    })
    expect(kit.inbound().filter(({ type }) => type === 'text')).toEqual([])
  })

  it('tells that its owner keeps the history', async () => {
    share(false)
    await sync('history')
    await eventually('the refusal', () => changes('history').length === 1)
    expect(historyOf(changes('history')[0] ?? {})[0]).toMatchObject({ errors: [{ code: 2593109 }] })
  })

  it.each([
    ['another kind', 'everything', 100],
    ['nothing', '', 100],
  ])('syncs not %s', async (_what, kind, code) => {
    expect(errorOf(await sync(kind))).toMatchObject({ status: 400, code })
  })

  it('syncs not after 24 hours, and not for a number that is not in the app', async () => {
    expect(errorOf(await sync('history', demoMeta.phoneNumberId))).toMatchObject({ code: 100 })
    await kit.control('clock', { advanceMs: 86_400_000 })
    expect(errorOf(await sync('history'))).toMatchObject({ status: 400, code: 2593108 })
  })

  it('is neither registered nor deregistered', async () => {
    const register = { messaging_product: 'whatsapp', pin: '123456' }
    expect(errorOf(await kit.graph('POST', `${number.id}/register`, register))).toMatchObject({ code: 100 })
    expect(errorOf(await kit.graph('POST', `${number.id}/deregister`))).toMatchObject({ code: 100 })
  })

  it('echoes what its owner writes in the app', async () => {
    const { id } = await kit.control('echo', { phoneNumberId: number.id, to: '+447700900180', text: 'Come by!' })
    await eventually('the echo', () => changes('smb_message_echoes').length === 1)
    expect(changes('smb_message_echoes')[0]).toMatchObject({
      metadata: { phone_number_id: number.id },
      message_echoes: [{ from: number.digits, to: '447700900180', id, type: 'text', text: { body: 'Come by!' } }],
    })
    const refused = { phoneNumberId: demoMeta.phoneNumberId, to: '+447700900180', text: 'Hi' }
    expect((await kit.request('POST', '/__sandbox/echo', refused)).status).toBe(400)
  })

  it('leaves the Cloud API from the app', async () => {
    await kit.control('decision', { do: 'offboard', phoneNumberId: number.id, reason: 'PRIMARY_INACTIVITY' })
    await eventually('the webhook', () => changes('account_update').length === 1)
    expect(changes('account_update')[0]).toMatchObject({
      event: 'ACCOUNT_OFFBOARDED',
      disconnection_info: { reason: 'PRIMARY_INACTIVITY', initiated_by: 'USER' },
    })
  })
})

const phaseOf = (metadata: unknown): number => Number(Reflect.get(Object(metadata), 'phase'))
const matchingMessage = (type: string): unknown => expect.objectContaining({ type, history_context: anything })
