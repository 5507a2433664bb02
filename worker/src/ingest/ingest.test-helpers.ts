import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import type { Counters } from '../../../contract/index.ts'
import { insert, seedNumber, seedOrganisation } from '../../test/seed.ts'
import { hmacHex } from '../platform/crypto.ts'
import type { Env } from '../platform/env.ts'
import type { OrgScope } from '../platform/scope.ts'
import { objectNames } from '../platform/scope.ts'
import { readCounters } from './counters.repo.ts'
import { handleWebhook } from './door.ts'

export const SECRET = 'test-app-secret'
export const DEPARTMENT = '1800000000100'

/** Meta's time of the first message, seconds. */
export const START = Math.floor(Date.now() / 1_000) - 3_600

type Part = Record<string, unknown>

let count = 0

/** A new organisation with a number of its own, connected unless told otherwise. */
export async function seedLane(options: { isConnected?: boolean; shard?: number } = {}) {
  count += 1
  const phoneNumberId = `82${String(count).padStart(6, '0')}`
  const scope = await seedOrganisation({
    orgId: `org_ingest${String(count).padStart(14, '0')}`,
    portalId: `82${count}`,
    shard: options.shard ?? 0,
  })
  if (options.isConnected !== false) await seedNumber(scope, { phoneNumberId, departmentId: DEPARTMENT })
  return { scope, phoneNumberId }
}

export function body(phoneNumberId: string, value: Part, field = 'messages'): Part {
  const metadata = { display_phone_number: '442079460101', phone_number_id: phoneNumberId }
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '700100', changes: [{ field, value: { messaging_product: 'whatsapp', metadata, ...value } }] }],
  }
}

/** Customers of tests: a phone number each. */
export const ANA = '447700900123'
export const BEN = '447700900456'

export function message(wamid: string, more: Part = {}): Part {
  return { from: ANA, id: wamid, timestamp: String(START), type: 'text', text: { body: `Text of ${wamid}` }, ...more }
}

export function status(wamid: string, name: string, more: Part = {}): Part {
  return { id: wamid, status: name, timestamp: String(START + 100), recipient_id: ANA, ...more }
}

export async function request(text: string, headers: Record<string, string> = {}, path = ''): Promise<Request> {
  const signature = `sha256=${await hmacHex(SECRET, text)}`
  return new Request(`https://kaiwa.test/webhooks/whatsapp${path}`, {
    method: 'POST',
    body: text,
    headers: { 'Content-Type': 'application/json', 'X-Hub-Signature-256': signature, ...headers },
  })
}

export async function knock(one: Request, bindings: Env = env, appPath = ''): Promise<Response> {
  const ctx = createExecutionContext()
  const answer = await handleWebhook(one, bindings, ctx, appPath)
  await waitOnExecutionContext(ctx)
  return answer
}

/** Posts a signed body and expects it to be taken. */
export async function post(payload: unknown): Promise<void> {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const answer = await knock(await request(text))
  expect(answer.status).toBe(200)
}

export const laneOf = (phoneNumberId: string) => env.LANE.getByName(objectNames.lane.number(phoneNumberId))

/** Posts and waits until the number's lane has nothing left to do. */
export async function ingest(phoneNumberId: string, ...values: Part[]): Promise<void> {
  for (const value of values) await post(body(phoneNumberId, value))
  await laneOf(phoneNumberId).settle()
}

/** The number's counters, which always have to add up. */
export async function countersOf(scope: OrgScope, phoneNumberId: string): Promise<Counters> {
  const counters = await readCounters(scope, laneOf(phoneNumberId), phoneNumberId)
  const { received, stored, duplicate, ignored, dead, waiting } = counters
  expect(received).toBe(stored + duplicate + ignored + dead + waiting)
  return counters
}

/** A message of ours, as sending leaves it. Resolves to its seq. */
export function seedSent(
  scope: OrgScope,
  conversationId: string,
  facts: { wamid?: string; status?: string } = {},
): Promise<number> {
  return insert(scope.db, 'messages', {
    org_id: scope.orgId,
    conversation_id: conversationId,
    wamid: facts.wamid ?? null,
    direction: 'out',
    kind: 'text',
    content: '{"kind":"text","text":"Hello"}',
    summary: 'Hello',
    sent_at: START * 1_000,
    received_at: START * 1_000,
    status: facts.status ?? 'accepted',
    change: 1,
  })
}

/** Matches a text that has this in it. */
export const containing = (part: string): unknown => expect.stringContaining(part)
