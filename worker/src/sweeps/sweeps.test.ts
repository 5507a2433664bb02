import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { insert } from '../../test/seed.ts'
import { runSweeps } from '../cron.ts'
import { expireWaitingStatuses } from '../ingest/waiting.repo.ts'
import { listOrgsWithExpired, listStaleWork } from './sweeps.repo.ts'
import type { WorkItem } from './sweeps.repo.ts'
import { createSweeps } from './sweeps.ts'
import { expireStatuses, wakeStaleWork } from './sweeps.usecases.ts'

const now = Date.parse('2026-11-22T10:00:00.000Z')
const minute = 60_000
const org = 'org_aaaaaaaaaaaaaaaaaaaa'
const otherOrg = 'org_bbbbbbbbbbbbbbbbbbbb'
const cv = (index: number) => `cv_${String(index).padStart(20, '0')}`
const db = env.SHARD_0

beforeEach(async () => {
  await db.batch(['conversations', 'waiting_statuses', 'counters'].map((table) => db.prepare(`DELETE FROM ${table}`)))
})

describe('forgotten work', () => {
  it('is found after a minute: the oldest, and some others in turn', async () => {
    for (let index = 0; index < 10; index += 1) {
      await insert(db, 'conversations', {
        ...{ id: cv(index), org_id: org, phone_number_id: '800100', contact_id: `ct_${index}`, department_id: '100' },
        ...{ last_message_at: now, last_summary: '', created_at: now, work_since: now - (10 - index) * minute },
      })
    }
    const ids = async (pivot: string, limit: number) =>
      (await listStaleWork(db, now - minute, pivot, limit)).map(({ conversationId }) => conversationId)
    expect(await ids('cv_0', 100)).toHaveLength(10)
    expect(await ids(cv(7), 4)).toEqual([cv(0), cv(1), cv(7), cv(8)])
    expect((await listStaleWork(db, now - 5 * minute, 'cv_0', 100)).length).toBe(6)
  })

  it('of one conversation that cannot be woken stops no other', async () => {
    const items = Array.from({ length: 45 }, (_, index): WorkItem => ({ orgId: org, conversationId: cv(index) }))
    const woken: string[] = []
    const figures = await wakeStaleWork({
      listStale: async (before, pivot, limit) => {
        expect({ before, pivot, limit }).toEqual({ before: now - minute, pivot: 'cv_zz', limit: 500 })
        return items
      },
      wake: async ({ conversationId }) => {
        if (conversationId === cv(3)) throw new Error('it restarts')
        woken.push(conversationId)
      },
      clock: () => now,
      random: () => 0.9999,
    })
    expect(figures).toEqual({ woken: 44, failed: 1 })
    expect(woken).toHaveLength(44)
  })
})

const waiting = (orgId: string, index: number, expiresAt: number) =>
  insert(db, 'waiting_statuses', {
    org_id: orgId,
    phone_number_id: '800100',
    wamid: `wamid.${index}`,
    status: 'sent',
    at: now,
    body: '{}',
    expires_at: expiresAt,
  })

describe('statuses whose message never came', () => {
  it('count as ignored, and the counters still add up', async () => {
    for (const orgId of [org, otherOrg]) {
      await insert(db, 'counters', { org_id: orgId, phone_number_id: '800100', received: 5, stored: 5 })
    }
    await waiting(org, 1, now - 1)
    await waiting(org, 2, now)
    await waiting(org, 3, now + 1)
    await waiting(otherOrg, 4, now + 1)
    const ports = {
      listOrgs: (at: number, limit: number) => listOrgsWithExpired(db, at, limit),
      expire: (orgId: string, at: number) => expireWaitingStatuses({ db, orgId }, at),
      clock: () => now,
    }
    expect(await expireStatuses(ports)).toEqual({ expired: 2, failed: 0 })
    expect(await expireStatuses(ports)).toEqual({ expired: 0, failed: 0 })
    const { results } = await db.prepare('SELECT received, stored, ignored FROM counters ORDER BY org_id').all()
    expect(results).toEqual([
      { received: 5, stored: 3, ignored: 2 },
      { received: 5, stored: 5, ignored: 0 },
    ])
  })

  it('are looked for among the oldest only', async () => {
    await waiting(org, 1, now + 1)
    await waiting(otherOrg, 2, now - 1)
    expect(await listOrgsWithExpired(db, now, 1)).toEqual([])
    expect(await listOrgsWithExpired(db, now, 2)).toEqual([otherOrg])
  })
})

it('the sweeps of every shard run over the real bindings', async () => {
  const reports = await runSweeps(createSweeps(env), {
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  })
  expect(reports.map(({ name, ok }) => ({ name, ok }))).toEqual(
    [
      'work of shard 0',
      'work of shard 1',
      'waiting statuses of shard 0',
      'waiting statuses of shard 1',
      'accounts of shard 0',
      'accounts of shard 1',
      'health of shard 0',
      'health of shard 1',
      'lanes',
      'sign-ins',
      'media',
    ].map((name) => ({ name, ok: true })),
  )
})
