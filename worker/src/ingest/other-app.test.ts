import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import { rowsOf } from '../../test/rows.ts'
import type { OrgScope } from '../platform/scope.ts'
import { objectNames } from '../platform/scope.ts'
import { body, countersOf, laneOf, message, seedLane } from './ingest.test-helpers.ts'

/** The address of a Meta app that a customer brought: whoever has its secret may sign anything there. */
const theirs = 'somebodysownapp'
let scope: OrgScope
let phoneNumberId: string

beforeEach(async () => {
  const lane = await seedLane()
  scope = lane.scope
  phoneNumberId = lane.phoneNumberId
})

const connectThrough = (appPath: string) =>
  env.DIRECTORY.prepare('UPDATE number_routes SET app_path = ?2 WHERE phone_number_id = ?1')
    .bind(phoneNumberId, appPath)
    .run()

/** A part as the door hands it on once its signature was good. */
async function take(lane: string, appPath: string, payload: object): Promise<void> {
  const part = { receivedAt: Date.now(), appPath, units: 1, blobKey: null, replayOf: null }
  const object = env.LANE.getByName(lane)
  await object.append({ ...part, body: JSON.stringify(payload) })
  await object.settle()
}

const number = (): string => objectNames.lane.number(phoneNumberId)
const wamids = async () => (await rowsOf(scope, 'messages', 'seq')).map(({ wamid }) => wamid)

it('a message that another app signed is not believed, and counted as ignored', async () => {
  await take(number(), theirs, body(phoneNumberId, { messages: [message('wamid.forged')] }))
  await take(number(), '', body(phoneNumberId, { messages: [message('wamid.real')] }))
  expect(await wamids()).toEqual(['wamid.real'])
  expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 2, stored: 1, ignored: 1 })
  await connectThrough(theirs)
  await take(number(), '', body(phoneNumberId, { messages: [message('wamid.ours')] }))
  await take(number(), theirs, body(phoneNumberId, { messages: [message('wamid.theirs')] }))
  await laneOf(phoneNumberId).settle()
  expect(await wamids()).toEqual(['wamid.real', 'wamid.theirs'])
})

it('what another app says of an account changes nothing of it', async () => {
  const wabaId = `71${phoneNumberId.slice(2)}`
  await env.DIRECTORY.prepare(
    'INSERT INTO account_routes (waba_id, org_id, app_path, connected_at) VALUES (?1, ?2, ?3, 1)',
  )
    .bind(wabaId, scope.orgId, '')
    .run()
  const banned = { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: 'Today' } }
  const payload = {
    object: 'whatsapp_business_account',
    entry: [{ id: wabaId, changes: [{ field: 'account_update', value: banned }] }],
  }
  const lane = objectNames.lane.account(wabaId)
  await take(lane, theirs, payload)
  expect(await rowsOf(scope, 'account_events')).toEqual([])
  await take(lane, '', payload)
  expect(await rowsOf(scope, 'account_events')).toHaveLength(1)
})
