import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { insert, seedNumber, seedOrganisation } from '../../test/seed.ts'
import { expireWaitingStatuses, listRoutes, listStaleWork } from './sweeps.repo.ts'
import type { WorkItem } from './sweeps.repo.ts'
import { touchLanes, wakeStaleWork } from './sweeps.usecases.ts'

const now = Date.parse('2026-11-22T10:00:00.000Z')
const minute = 60_000
const org = 'org_aaaaaaaaaaaaaaaaaaaa'
const cv = (index: number) => `cv_${String(index).padStart(20, '0')}`
const db = env.SHARD_0

beforeEach(async () => {
  await db.batch(['pending_work', 'waiting_statuses', 'counters'].map((table) => db.prepare(`DELETE FROM ${table}`)))
})

describe('forgotten work', () => {
  it('is found after a minute: the oldest, and some others in turn', async () => {
    for (let index = 0; index < 10; index += 1) {
      await insert(db, 'pending_work', { conversation_id: cv(index), org_id: org, since: now - (10 - index) * minute })
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

describe('lanes', () => {
  it('all have their turn', async () => {
    const scope = await seedOrganisation({ orgId: org, portalId: '60000001' })
    for (let index = 0; index < 5; index += 1) await seedNumber(scope, { phoneNumberId: `80010${index}` })
    const seen = new Set<string>()
    for (let turn = 7; turn < 10; turn += 1) {
      const { phoneNumberIds, wabaIds } = await listRoutes(env.DIRECTORY, turn, 2)
      expect(phoneNumberIds.length).toBeLessThanOrEqual(2)
      expect(wabaIds).toEqual([])
      for (const id of phoneNumberIds) seen.add(id)
    }
    expect(seen.size).toBe(5)
  })

  it('that fail stop no other', async () => {
    const touched: string[] = []
    const figures = await touchLanes({
      listRoutes: async () => ({ phoneNumberIds: ['1', '2'], wabaIds: ['3'] }),
      touchNumber: async (id) => {
        if (id === '1') throw new Error('it restarts')
        touched.push(id)
      },
      touchAccount: async (id) => void touched.push(id),
      touchUnrouted: async () => void touched.push('unrouted'),
      clock: () => now,
    })
    expect(figures).toEqual({ touched: 3, failed: 1 })
    expect(touched).toEqual(['unrouted', '2', '3'])
  })
})

it('statuses whose message never came count as ignored, and the counters still add up', async () => {
  await insert(db, 'counters', { org_id: org, phone_number_id: '800100', received: 5, stored: 5 })
  for (const [index, expiresAt] of [now - 1, now, now + 1].entries()) {
    await insert(db, 'waiting_statuses', {
      org_id: org,
      phone_number_id: '800100',
      wamid: `wamid.${index}`,
      status: 'sent',
      at: now,
      body: '{}',
      expires_at: expiresAt,
    })
  }
  expect(await expireWaitingStatuses(db, now, 500)).toBe(2)
  expect(await expireWaitingStatuses(db, now, 500)).toBe(0)
  const counters = await db.prepare('SELECT received, stored, ignored FROM counters').first()
  expect(counters).toEqual({ received: 5, stored: 3, ignored: 2 })
  expect(await db.prepare('SELECT COUNT(*) AS count FROM waiting_statuses').first('count')).toBe(1)
})
