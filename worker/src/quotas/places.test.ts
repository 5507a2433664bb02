import { beforeEach, describe, expect, it } from 'vitest'
import { rowsOf } from '../../test/rows.ts'
import { insert, seedNumber } from '../../test/seed.ts'
import { runSends } from '../messages/send-queue.ts'
import type { SendQueuePorts } from '../messages/send-queue.ts'
import type { PairLevel } from '../messages/sends.model.ts'
import { cancelMessage, retryMessage, settleMessage } from '../messages/sends.usecases.ts'
import type { MessagePayload, SendOutcome } from '../whatsapp/graph-client.ts'
import { createQuotasRepo } from './quotas.repo.ts'
import type { Trial } from './quotas.test-helpers.ts'
import { NOW, seedTrial } from './quotas.test-helpers.ts'
import { readSending } from './quotas.usecases.ts'
import { TRIAL_MS } from './standing.model.ts'

let trial: Trial
let calls: MessagePayload[]
let answers: SendOutcome[]

beforeEach(async () => {
  trial = await seedTrial()
  calls = []
  answers = []
})

const refused = (code: number): SendOutcome => ({
  kind: 'refused',
  error: { code, status: 400, details: '', retryAfterMs: null },
})

/** The send queue of one conversation, run once. */
async function send(conversationId: string, at: number = NOW): Promise<number | null> {
  let pair: PairLevel = { level: 0, at: 0 }
  const ports: SendQueuePorts = {
    conversationId,
    shard: 0,
    orgId: trial.scope.orgId,
    repo: trial.deps(at).repo,
    clock: () => at,
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    random: () => 0.5,
    pair: { read: () => pair, write: (level) => void (pair = level) },
    permits: {
      take: async () => ({ granted: 1, retryAt: at, leaseId: null }),
      release: async () => undefined,
      pause: async () => undefined,
    },
    send: async (_, payload) => {
      calls.push(payload)
      const wamid = `wamid.${calls.length}.${conversationId}`
      return answers.shift() ?? { kind: 'accepted', wamid, waId: null, userId: null }
    },
    explain: (code) => ({
      errorClass: 'permanent',
      failure: { metaCode: code, key: 'unreachable', who: 'customer', action: 'none', details: null },
    }),
    applyWaiting: () => [],
    learnAlias: () => [],
    onChanged: () => undefined,
  }
  return runSends(ports)
}

const messageOf = async (conversationId: string, seq: number) => trial.deps().repo.find(conversationId, seq)

async function fill(people: number): Promise<void> {
  for (let index = 0; index < people; index += 1) await trial.answer(await trial.customer())
}

describe('places of answers in the trial', () => {
  it('are ten, whoever races for them', async () => {
    const conversations = await Promise.all(Array.from({ length: 30 }, () => trial.customer()))
    const settled = await Promise.allSettled(conversations.map((id) => trial.answer(id)))
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    for (const one of settled) {
      if (one.status === 'rejected') {
        expect(one.reason).toMatchObject({
          code: 'quota.trial_answers',
          status: 409,
          details: { pool: 'answers', used: 10, limit: 10, endsAt: '2026-12-22T10:00:00.000Z' },
        })
      }
    }
    expect(await trial.used()).toEqual({ answers: 10 })
  })

  it('are one for a person, however often and from whatever number they are answered', async () => {
    const first = await trial.customer()
    const contactId = `ct_${first.slice(3)}`
    await seedNumber(trial.scope, { phoneNumberId: `${trial.phoneNumberId}9`, departmentId: '100' })
    const twin = await trial.customer({ contactId, phoneNumberId: `${trial.phoneNumberId}9` })
    await trial.answer(first)
    await trial.answer(first)
    await trial.set('accounts', `business_verification = 'verified'`)
    await trial.set('organisations', `designated_number = '${trial.phoneNumberId}9'`)
    await trial.answer(twin)
    await trial.answer(twin)
    expect(await trial.used()).toEqual({ answers: 1, customers: 1 })
  })

  it('are kept by who has one when all are taken', async () => {
    const known = await trial.customer()
    await trial.answer(known)
    await fill(9)
    await expect(trial.answer(await trial.customer())).rejects.toMatchObject({ code: 'quota.trial_answers' })
    await expect(trial.answer(known)).resolves.toMatchObject({ isNew: true })
  })

  it('are not taken by what is refused for another reason', async () => {
    const closed = await trial.customer({ wroteAt: NOW - 25 * 3_600_000 })
    await expect(trial.answer(closed)).rejects.toMatchObject({ code: 'messages.window_closed' })
    expect(await trial.used()).toEqual({})
    expect(await trial.deps().repo.listToSend(closed)).toEqual([])
  })

  it('are told before anybody writes', async () => {
    const quotas = createQuotasRepo(trial.scope)
    const known = await trial.customer()
    await trial.answer(known)
    const asks = (id: string, at = NOW) => readSending(quotas, trial.phoneNumberId, `ct_${id.slice(3)}`, at)
    const endsAt = '2026-12-22T10:00:00.000Z'
    expect(await asks(known)).toEqual({ refusal: null, endsAt })
    const next = await trial.customer()
    expect(await asks(next)).toEqual({ refusal: null, places: { pool: 'answers', used: 1, limit: 10 }, endsAt })
    await fill(9)
    expect(await asks(next)).toMatchObject({ refusal: 'trial_answers', places: { used: 10 } })
    expect(await asks(known)).toEqual({ refusal: null, endsAt })
    expect(await asks(known, NOW + TRIAL_MS)).toEqual({ refusal: 'trial_expired', endsAt })
  })
})

describe('a place comes back', () => {
  it('where Meta refuses at once, and is taken again by Retry', async () => {
    const conversation = await trial.customer()
    const { row } = await trial.answer(conversation)
    answers = [refused(131026)]
    await send(conversation)
    expect(await trial.used()).toEqual({ answers: 0 })
    await retryMessage(trial.deps(), conversation, row.seq)
    expect(await trial.used()).toEqual({ answers: 1 })
    await send(conversation)
    expect(await trial.used()).toEqual({ answers: 1 })
    expect(calls).toHaveLength(2)
  })

  it('only when no other message to the person stands on it', async () => {
    const conversation = await trial.customer()
    await trial.answer(conversation)
    await trial.answer(conversation)
    answers = [{ kind: 'accepted', wamid: `wamid.ok.${conversation}`, waId: null, userId: null }, refused(131000)]
    await send(conversation)
    expect(await trial.used()).toEqual({ answers: 1 })
  })

  it('and is taken anew by the next message, or by somebody who was faster', async () => {
    const conversation = await trial.customer()
    await fill(9)
    await trial.answer(conversation)
    answers = [refused(131000)]
    await send(conversation)
    await trial.answer(await trial.customer())
    const failed = (await rowsOf(trial.scope, 'messages')).find((row) => row['status'] === 'failed')
    await expect(retryMessage(trial.deps(), conversation, Number(failed?.['seq']))).rejects.toMatchObject({
      code: 'quota.trial_answers',
    })
    expect(await trial.used()).toEqual({ answers: 10 })
  })

  it('where what waits is taken back before it is sent', async () => {
    const conversation = await trial.customer()
    const { row } = await trial.answer(conversation)
    await expect(cancelMessage(trial.deps(), conversation, row.seq)).resolves.toMatchObject({
      status: 'failed',
      failure: { key: 'cancelled' },
    })
    expect(await trial.used()).toEqual({ answers: 0 })
    await expect(cancelMessage(trial.deps(), conversation, row.seq)).rejects.toMatchObject({
      code: 'messages.not_queued',
    })
  })

  it('not while nobody knows whether the message arrived', async () => {
    const conversation = await trial.customer()
    const { row } = await trial.answer(conversation)
    answers = [{ kind: 'lost', reason: 'timeout' }]
    await send(conversation)
    await send(conversation, NOW + 5 * 60_000)
    expect(await messageOf(conversation, row.seq)).toMatchObject({ status: 'unknown' })
    await fill(9)
    await settleMessage(trial.deps(), conversation, row.seq, 'send_again')
    expect(await trial.used()).toEqual({ answers: 10 })
  })
})

describe('a stage', () => {
  it('ends every send at its last millisecond, also of what waited', async () => {
    const conversation = await trial.customer({ wroteAt: NOW + TRIAL_MS - 60_000 })
    const { row } = await trial.answer(conversation, NOW + TRIAL_MS - 1)
    await expect(trial.answer(conversation, NOW + TRIAL_MS)).rejects.toMatchObject({
      code: 'quota.trial_expired',
      details: { endsAt: '2026-12-22T10:00:00.000Z' },
    })
    await send(conversation, NOW + TRIAL_MS)
    expect(calls).toEqual([])
    expect(await messageOf(conversation, row.seq)).toMatchObject({ status: 'failed', failure: { key: 'limit' } })
    expect(await trial.used()).toEqual({ answers: 0 })
    await expect(retryMessage(trial.deps(NOW + TRIAL_MS), conversation, row.seq)).rejects.toMatchObject({
      code: 'quota.trial_expired',
    })
  })

  it('goes on by itself once the business is verified and approved', async () => {
    const at = NOW + TRIAL_MS + 1_000
    const conversation = await trial.customer({ wroteAt: at - 1_000 })
    await expect(trial.answer(conversation, at)).rejects.toMatchObject({ code: 'quota.trial_expired' })
    await trial.set('accounts', `business_verification = 'VERIFIED', review_status = 'APPROVED'`)
    await expect(trial.answer(conversation, at)).resolves.toMatchObject({ isNew: true })
    expect(await trial.used()).toEqual({ customers: 1 })
    await trial.set('numbers', `name_status = 'APPROVED'`)
    await trial.answer(await trial.customer({ wroteAt: at - 1_000 }), at)
    expect(await trial.used()).toEqual({ customers: 1 })
  })

  it('keeps what was accepted before known by its client id', async () => {
    const conversation = await trial.customer()
    const { row } = await trial.answer(conversation)
    await trial.set('accounts', 'is_banned = 1')
    await expect(trial.answer(conversation)).rejects.toMatchObject({ code: 'quota.banned' })
    const known = await trial.deps().repo.findByClientId(conversation, String(row.client_id))
    expect(known?.seq).toBe(row.seq)
  })

  it('that changes between judging and writing lets nothing through on the old facts', async () => {
    const conversation = await trial.customer()
    const { repo } = trial.deps()
    const facts = await repo.readFacts(conversation)
    const permit = {
      phoneNumberId: trial.phoneNumberId,
      standing: facts?.standing?.text ?? null,
      pool: 'answers' as const,
      limit: 10,
    }
    await trial.set('channels', `off_at = ${NOW}`)
    const text = { clientId: 'client-stale', content: '{}', summary: 'x', quoteWamid: null }
    const who = { conversationId: conversation, contactId: `ct_${conversation.slice(3)}`, now: NOW }
    expect(await repo.accept({ ...text, ...who, agentId: '1', agentName: 'Ana' }, permit)).toBeNull()
    expect(await trial.used()).toEqual({})
  })
})

describe('1,500 customers of the larger trial', () => {
  it('are exactly as many when 2,000 are answered at the same moment', { timeout: 180_000 }, async () => {
    await trial.set('accounts', `business_verification = 'verified'`)
    const conversations = await Promise.all(Array.from({ length: 2_000 }, () => trial.customer()))
    const settled = await Promise.allSettled(conversations.map((id) => trial.answer(id)))
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1_500)
    for (const one of settled) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'quota.verified_customers' })
    }
    expect(await trial.used()).toEqual({ customers: 1_500 })
    const { results } = await trial.scope.db
      .prepare("SELECT COUNT(*) AS answers FROM messages WHERE org_id = ?1 AND direction = 'out'")
      .bind(trial.scope.orgId)
      .all()
    expect(results).toEqual([{ answers: 1_500 }])
  })

  it('are counted in their own organisation', async () => {
    const other = await seedTrial()
    await insert(other.scope.db, 'places', {
      org_id: other.scope.orgId,
      pool: 'answers',
      contact_id: 'ct_1',
      taken_at: 1,
    })
    expect(await trial.used()).toEqual({})
  })
})

describe('a channel that is off', () => {
  it('refuses what is new and holds what waits, until it is on again', async () => {
    const conversation = await trial.customer()
    const { row } = await trial.answer(conversation)
    await trial.set('channels', `off_at = ${NOW}`)
    await expect(trial.answer(conversation)).rejects.toMatchObject({ code: 'quota.channel_off' })
    expect(await send(conversation)).toBeNull()
    expect(calls).toEqual([])
    expect(await messageOf(conversation, row.seq)).toMatchObject({ status: 'queued' })
    await trial.set('channels', 'off_at = NULL')
    await send(conversation)
    expect(calls).toHaveLength(1)
  })

  it('holds what waits beyond the window, and says so when it is on', async () => {
    const conversation = await trial.customer()
    const { row } = await trial.answer(conversation)
    await trial.set('channels', `off_at = ${NOW}`)
    const later = NOW + 25 * 3_600_000
    expect(await send(conversation, later)).toBeNull()
    expect(await messageOf(conversation, row.seq)).toMatchObject({ status: 'queued' })
    await trial.set('channels', 'off_at = NULL')
    await send(conversation, later)
    expect(await messageOf(conversation, row.seq)).toMatchObject({ failure: { key: 'window_closed' } })
  })

  it('that is removed lets nothing out any more', async () => {
    const conversation = await trial.customer()
    const { row } = await trial.answer(conversation)
    await trial.set('channels', `removed_at = ${NOW}`)
    await send(conversation)
    expect(calls).toEqual([])
    expect(await messageOf(conversation, row.seq)).toMatchObject({ status: 'failed', failure: { key: 'limit' } })
  })
})
