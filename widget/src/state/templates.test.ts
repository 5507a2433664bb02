import { expect, it } from 'vitest'
import { phoneNumberIdSchema } from '../../../contract/index.ts'
import { CONVERSATION_ID, unreachable } from '../../test/fixtures.ts'
import type { Caller } from '../api/client.ts'
import { isRecord } from '../json.ts'
import { fail } from '../result.ts'
import { createTemplates } from './templates.ts'

/** A Worker that cannot be reached: everything is asked again. */
function away(): { call: Caller; calls: string[]; ids: unknown[] } {
  const calls: string[] = []
  const ids: unknown[] = []
  return {
    calls,
    ids,
    call: async (_, path, rest = { method: 'GET' }) => {
      calls.push(`${rest.method} ${path}`)
      if (isRecord(rest.body)) ids.push(rest.body.clientId)
      return fail(unreachable)
    },
  }
}

const phoneNumberId = phoneNumberIdSchema.parse('800100')
const template = { name: 'order_ready', language: 'en', bodyParams: ['Ken'] }
const start = { phoneNumberId, to: '+447700900123', template, ticketId: '301' }

it('asks each thing where the Worker answers it', async () => {
  const { call, calls } = away()
  const templates = createTemplates(call)
  await templates.options('301')
  await templates.list(phoneNumberId)
  await templates.start(start)
  await templates.send(CONVERSATION_ID, template)
  expect(calls).toEqual([
    'GET /api/tickets/301/start',
    'GET /api/numbers/800100/templates',
    'POST /api/conversations',
    `POST /api/conversations/${CONVERSATION_ID}/template`,
  ])
})

it('starts once, however often it is pressed, and anew with other words', async () => {
  const { call, ids } = away()
  const templates = createTemplates(call)
  await templates.start(start)
  await templates.start(start)
  await templates.start({ ...start, template: { ...template, bodyParams: ['Ana'] } })
  expect(ids[0]).toBe(ids[1])
  expect(ids[2]).not.toBe(ids[0])
})
