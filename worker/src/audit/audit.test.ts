import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { auditListSchema } from '../../../contract/index.ts'
import { callApp, testApp, tokenOf } from '../../test/api.ts'
import { seedNumber, seedOrganisation } from '../../test/seed.ts'
import type { OrgScope } from '../platform/scope.ts'
import { auditStatement, SYSTEM } from './audit.repo.ts'
import { noteStages } from './stages.repo.ts'

const app = testApp()
const start = Date.parse('2026-11-22T10:00:00.000Z')
let scope: OrgScope
let other: OrgScope
let token: string

beforeAll(async () => {
  scope = await seedOrganisation({ orgId: 'org_aaaaaaaaaaaaaaaaaaaa', portalId: '60000001' })
  other = await seedOrganisation({ orgId: 'org_bbbbbbbbbbbbbbbbbbbb', portalId: '60000002' })
  token = await tokenOf(scope, { role: 'admin', isProof: true })
  const actor = { kind: 'administrator', id: '1', name: 'Ana Ito' } as const
  await env.SHARD_0.batch(
    Array.from({ length: 1_203 }, (_, index) =>
      auditStatement(scope, {
        at: start + index,
        actor,
        action: 'channel.changed',
        target: `=${index}`,
        details: { from: index, to: null },
      }),
    ),
  )
  await auditStatement(other, { at: start, actor: SYSTEM, action: 'desk.revoked', details: { reason: 'secret' } }).run()
})

const page = async (query: string) => {
  const response = await callApp(app, { path: `/api/audit${query}`, token })
  return auditListSchema.parse(await response.json())
}

describe('the audit', () => {
  it('is read page by page, the newest first, each entry once', async () => {
    const first = await page('?limit=200')
    expect(first.items[0]).toMatchObject({
      at: new Date(start + 1_202).toISOString(),
      actor: { kind: 'administrator', name: 'Ana Ito' },
      target: '=1202',
      details: { from: 1_202, to: null },
    })
    const ids = first.items.map(({ id }) => id)
    for (let cursor = first.cursor; cursor !== null;) {
      const next = await page(`?limit=200&cursor=${cursor}`)
      ids.push(...next.items.map(({ id }) => id))
      cursor = next.cursor
    }
    expect(ids).toEqual(ids.toSorted((left, right) => right - left))
    expect(new Set(ids).size).toBe(1_203)
  })

  it('refuses cursors that are none', async () => {
    for (const cursor of ['x', '-1', '1e3', '']) {
      expect((await callApp(app, { path: `/api/audit?cursor=${cursor}`, token })).status).toBe(400)
    }
  })

  it('is exported whole, and nothing in it runs', async () => {
    const response = await callApp(app, { path: '/api/audit.csv', token })
    expect(response.headers.get('Content-Disposition')).toBe('attachment; filename="kaiwa-audit.csv"')
    const lines = (await response.text()).trimEnd().split('\r\n')
    expect(lines).toHaveLength(1_204)
    expect(lines[1]).toBe(
      `"2026-11-22T10:00:01.202Z","administrator","Ana Ito","channel.changed","'=1202","{""from"":1202,""to"":null}"`,
    )
    expect(lines.every((line) => !line.includes('"=') && !line.includes('secret'))).toBe(true)
  })

  it('is exported to administrators who proved it, of that organisation only', async () => {
    const outcome = async (given: string | null) =>
      (await callApp(app, { path: '/api/audit.csv', token: given })).status
    expect(await outcome(null)).toBe(401)
    expect(await outcome(await tokenOf(scope, { role: 'agent', isProof: true }))).toBe(403)
    expect(await outcome(await tokenOf(scope, { role: 'admin' }))).toBe(403)
    const foreign = await tokenOf(other, { role: 'admin', isProof: true })
    const theirs = await (await callApp(app, { path: '/api/audit.csv', token: foreign })).text()
    expect(theirs.trimEnd().split('\r\n')).toHaveLength(2)
    expect(theirs).not.toContain('Ana Ito')
  })

  it('is written only where what it tells of happened', async () => {
    const fact = { at: start, actor: SYSTEM, action: 'channel.removed' } as const
    const count = async () =>
      scope.db
        .prepare(`SELECT COUNT(*) AS n FROM audit_entries WHERE org_id = ?1 AND action = 'channel.removed'`)
        .bind(scope.orgId)
        .first<number>('n')
    await auditStatement(scope, fact, { sql: '?9 > ?10', values: [1, 2] }).run()
    expect(await count()).toBe(0)
    await auditStatement(scope, fact, { sql: '?9 > ?10', values: [2, 1] }).run()
    expect(await count()).toBe(1)
  })
})

describe('a number that stands otherwise than before', () => {
  const as = (stage: 'trial' | 'verified_trial', ...names: Array<'restricted' | 'banned'>) =>
    new Map([['800900', { stage, overlays: names.map((name) => ({ name, since: null, until: null, detail: null })) }]])
  const told = async () => {
    const { items } = await page('?limit=10')
    return items
      .filter(({ action }) => action === 'stage.changed')
      .map(({ target, details }) => ({ target, ...details }))
  }

  it('is told of once, whoever looks, and not at the first look', async () => {
    await seedNumber(scope, { phoneNumberId: '800900', displayPhoneNumber: '+44 20 7946 0900' })
    const look = (standings: ReturnType<typeof as>) => noteStages(scope, standings, start + 10_000)
    await look(as('trial'))
    await look(as('trial'))
    expect(await told()).toEqual([])
    await Promise.all([1, 2, 3].map(() => look(as('verified_trial'))))
    const target = '+44 20 7946 0900'
    const first = { target, from: 'trial', to: 'verified_trial', overlays: '' }
    expect(await told()).toEqual([first])
    await look(as('verified_trial', 'restricted'))
    expect(await told()).toEqual([
      { target, from: 'verified_trial', to: 'verified_trial', overlays: 'restricted' },
      first,
    ])
    await noteStages(other, as('trial'), start)
    expect(await told()).toHaveLength(2)
  })
})
