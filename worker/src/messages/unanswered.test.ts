import { beforeEach, describe, expect, it } from 'vitest'
import { rowsOf, run } from '../../test/rows.ts'
import { seedMessage } from '../../test/seed.ts'
import type { Trial } from '../quotas/quotas.test-helpers.ts'
import { NOW, seedTrial } from '../quotas/quotas.test-helpers.ts'
import { WINDOW_CLOSED_FAILURE } from './sends.model.ts'
import { cancelMessage } from './sends.usecases.ts'

const MINUTE = 60_000
let office: Trial
let conversation: string

/** A customer who wrote twice, and waits since the first time. */
beforeEach(async () => {
  office = await seedTrial()
  conversation = await office.customer()
  await says(NOW - 5 * MINUTE)
  await says(NOW - 4 * MINUTE)
  await run(
    office.scope.db,
    `UPDATE conversations SET waiting_since = ${NOW - 5 * MINUTE} WHERE id = '${conversation}'`,
  )
})

const says = (sentAt: number, more: Record<string, string | number> = {}) =>
  seedMessage(office.scope, conversation, { sentAt, more })
const waitingSince = async () => {
  const row = (await rowsOf(office.scope, 'conversations')).find(({ id }) => id === conversation)
  return row?.['waiting_since']
}
const isPending = async () =>
  (await rowsOf(office.scope, 'pending_work')).some((row) => row['conversation_id'] === conversation)
const finishWork = () => run(office.scope.db, `UPDATE conversations SET work_since = NULL WHERE id = '${conversation}'`)
const fail = (seq: number) =>
  office.deps().repo.finishAttempt(conversation, seq, { to: 'failed', failure: WINDOW_CLOSED_FAILURE })

describe('a customer whose answer failed', () => {
  it('waits again since their oldest message that nobody answered, and is looked at for a ticket', async () => {
    const { row } = await office.answer(conversation)
    expect(await waitingSince()).toBeNull()
    await finishWork()
    await fail(row.seq)
    expect(await waitingSince()).toBe(NOW - 5 * MINUTE)
    expect(await isPending()).toBe(true)
  })

  it('waits again where the answer was taken back', async () => {
    const { row } = await office.answer(conversation)
    await cancelMessage(office.deps(), conversation, row.seq)
    expect(await waitingSince()).toBe(NOW - 5 * MINUTE)
  })

  it('waits since the first message after an answer that went out', async () => {
    const first = await office.answer(conversation)
    await office.deps().repo.finishAttempt(conversation, first.row.seq, { to: 'unknown' })
    await says(NOW + MINUTE, { kind: 'reaction' })
    await says(NOW + 2 * MINUTE)
    const second = await office.answer(conversation)
    await fail(second.row.seq)
    expect(await waitingSince()).toBe(NOW + 2 * MINUTE)
  })

  it('does not wait where another answer went out meanwhile', async () => {
    const { row } = await office.answer(conversation)
    await office.answer(conversation)
    await finishWork()
    await fail(row.seq)
    expect(await waitingSince()).toBeNull()
    expect(await isPending()).toBe(false)
  })
})
