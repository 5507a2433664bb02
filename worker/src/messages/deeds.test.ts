import { beforeEach, describe, expect, it } from 'vitest'
import { errorBodySchema } from '../../../contract/index.ts'
import { callApp, testApp, tokenOf } from '../../test/api.ts'
import { rowsOf, run } from '../../test/rows.ts'
import type { Trial } from '../quotas/quotas.test-helpers.ts'
import { seedTrial } from '../quotas/quotas.test-helpers.ts'

const app = testApp()
let office: Trial
let conversation: string
let message: string
let token: string

/** A message of Ana's that waits, and Ken who looks at it. */
beforeEach(async () => {
  office = await seedTrial(Date.now())
  conversation = await office.customer({ wroteAt: Date.now() - 1_000 })
  const { row } = await office.answer(conversation, Date.now())
  message = `m${row.seq}`
  token = await tokenOf(office.scope, { role: 'agent', departments: ['100'], agentId: '601', name: 'Ken Mori' })
})

const decide = async (what: string, body?: object): Promise<string> => {
  const path = `/api/conversations/${conversation}/messages/${message}/${what}`
  const response = await callApp(app, { method: 'POST', path, token, body })
  const refused = errorBodySchema.safeParse(await response.json()).data
  return refused?.error.code ?? String(response.status)
}
const stands = (status: string) =>
  run(office.scope.db, `UPDATE messages SET status = '${status}' WHERE seq = ${message.slice(1)}`)
const told = async () =>
  (await rowsOf(office.scope, 'audit_entries', 'id')).map((row) => {
    const details: unknown = JSON.parse(String(row['details']))
    return { action: row['action'], actor: row['actor_name'], details }
  })

describe('what a colleague decides about a message', () => {
  it('is told once, however many come at once: taken back', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => decide('cancel')))
    expect(answers.toSorted()).toEqual(['200', 'messages.not_queued', 'messages.not_queued'])
    const details = { conversationId: conversation, messageId: message }
    expect(await told()).toEqual([{ action: 'message.cancelled', actor: 'Ken Mori', details }])
  })

  it('is told: sent again', async () => {
    expect(await decide('retry')).toBe('messages.not_failed')
    await stands('failed')
    expect(await decide('retry')).toBe('200')
    expect(await told()).toMatchObject([{ action: 'message.sent_again', actor: 'Ken Mori' }])
  })

  it.each(['arrived', 'send_again'])('is told: what is unknown is settled as %s', async (outcome) => {
    expect(await decide('settle', { outcome })).toBe('messages.not_unknown')
    await stands('unknown')
    expect(await decide('settle', { outcome })).toBe('200')
    expect(await told()).toMatchObject([{ action: 'message.settled', details: { outcome } }])
  })
})
