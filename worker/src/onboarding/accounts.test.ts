import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { accountViewSchema } from '../../../contract/index.ts'
import { callApp, testApp } from '../../test/api.ts'
import { strictNetwork } from '../../test/network.ts'
import { allRows, rowsOf } from '../../test/rows.ts'
import { insert, SEEDED_AT } from '../../test/seed.ts'
import type { OrgScope } from '../platform/scope.ts'
import { objectNames } from '../platform/scope.ts'
import { listAccountsOfBusiness, listUncheckedAccounts } from '../sweeps/sweeps.repo.ts'
import { FakeGraph } from './graph.test-helpers.ts'
import { connected, proofOf, someOrganisation, step } from './onboarding.test-helpers.ts'
import { runRefreshAccount } from './refresh.jobs.ts'
import { readUnclaimed } from './shared-accounts.ts'

const network = strictNetwork()
const app = testApp()
let count = 300
let graph: FakeGraph
let scope: OrgScope
let token: string
let waba: string

beforeEach(async () => {
  count += 1
  waba = `72${count}`
  graph = new FakeGraph()
  network.handle(graph.handle)
  scope = await someOrganisation()
  token = await proofOf(scope)
  graph.addAccount(waba)
  graph.addNumber(`82${count}`, waba, { code_verification_status: 'VERIFIED', status: 'CONNECTED' })
  await connected(graph, scope, waba)
})

const call = (path: string, method = 'POST', body?: unknown) =>
  step(app, token, `/api/accounts/${waba}${path}`, body, method)
const refresh = () => call('/refresh')
const account = async () => (await rowsOf(scope, 'accounts'))[0]

describe('an account', () => {
  it('keeps the first sight of each of Meta’s decisions', async () => {
    const before = await account()
    expect(before).toMatchObject({ was_verified: 0, verified_at: null, review_status: 'pending', rejected_at: null })
    graph.addAccount(waba, {
      account_review_status: 'REJECTED',
      business_verification_status: 'VERIFIED',
      primary_funding_id: '9',
    })
    await refresh()
    const rejected = await account()
    expect(rejected).toMatchObject({ was_verified: 1, review_status: 'rejected', payment: 'present' })
    expect(rejected?.['review_pending_since']).toBe(before?.['review_pending_since'])
    expect(rejected?.['rejected_at']).toBe(rejected?.['checked_at'])
    await refresh()
    expect(await account()).toMatchObject({
      rejected_at: rejected?.['rejected_at'],
      verified_at: rejected?.['verified_at'],
    })
    graph.addAccount(waba, { account_review_status: 'APPROVED', business_verification_status: 'revoked' })
    await refresh()
    expect(await account()).toMatchObject({ was_verified: 1, business_verification: 'revoked', rejected_at: null })
  })

  it('stays as it was where Meta leaves something out', async () => {
    graph.addAccount(waba, { account_review_status: 'APPROVED', business_verification_status: 'VERIFIED' })
    graph.addNumber(`82${count}`, waba, { name_status: 'APPROVED', status: 'CONNECTED' })
    await refresh()
    const before = { ...(await account()), checked_at: null }
    const silent = { account_review_status: null, business_verification_status: null, owner_business_info: null }
    graph.addAccount(waba, { ...silent, name: null })
    graph.addNumber(`82${count}`, waba, { name_status: undefined, status: undefined })
    await refresh()
    expect({ ...(await account()), checked_at: null }).toEqual(before)
    const kept = { name_status: 'APPROVED', platform_status: 'CONNECTED', portfolio_id: '600100' }
    expect((await rowsOf(scope, 'numbers'))[0]).toMatchObject(kept)
  })

  it('that has its documents looked at anew has a new last day of sending them', async () => {
    const review = async (account_review_status: string): Promise<void> => {
      graph.addAccount(waba, { account_review_status })
      await refresh()
    }
    await review('REJECTED')
    await call('/review-date', 'POST', { submittedAt: '2026-01-01T00:00:00.000Z' })
    await review('REJECTED')
    expect(await account()).toMatchObject({ review_submitted_at: Date.parse('2026-01-01T00:00:00.000Z') })
    await review('PENDING')
    expect(await account()).toMatchObject({ review_submitted_at: null })
    await call('/review-date', 'POST', { submittedAt: '2026-02-01T00:00:00.000Z' })
    await review('PENDING')
    await review('REJECTED')
    expect(await account()).toMatchObject({ review_submitted_at: Date.parse('2026-02-01T00:00:00.000Z') })
  })

  it('that is taken away leaves the trial and the larger one to the numbers that stay', async () => {
    const chosen = async () =>
      scope.db
        .prepare('SELECT trial_number, designated_number FROM organisations WHERE id = ?1')
        .bind(scope.orgId)
        .first()
    const number = `82${count}`
    await step(app, token, `/api/numbers/${number}/designate`)
    expect(await chosen()).toEqual({ trial_number: number, designated_number: number })
    // Its conversations keep the row of a number that had a channel.
    const removed = { phone_number_id: number, name: 'Gone', department_id: '100', created_at: 1, removed_at: 2 }
    await insert(scope.db, 'channels', { id: `ch_${count}`, org_id: scope.orgId, ...removed })
    expect((await call('', 'DELETE')).status).toBe(204)
    expect(await chosen()).toEqual({ trial_number: null, designated_number: null })
    graph.addNumber(`${number}2`, `${waba}2`, { code_verification_status: 'VERIFIED', status: 'CONNECTED' })
    await connected(graph, scope, `${waba}2`)
    expect(await chosen()).toEqual({ trial_number: `${number}2`, designated_number: null })
    graph.addNumber(`${number}3`, `${waba}3`, { code_verification_status: 'VERIFIED', status: 'CONNECTED' })
    await connected(graph, scope, `${waba}3`)
    expect((await step(app, token, `/api/accounts/${waba}2`, undefined, 'DELETE')).status).toBe(204)
    expect(await chosen()).toEqual({ trial_number: `${number}3`, designated_number: null })
  })

  it('that is taken away leaves no number that would be told of or looked at', async () => {
    const number = `82${count}`
    const look = (wabaId: string) =>
      runRefreshAccount(env, { kind: 'refresh_account', orgId: scope.orgId, shard: 0, wabaId })
    await look(waba)
    const removed = { phone_number_id: number, name: 'Gone', department_id: '100', created_at: 1, removed_at: 2 }
    await insert(scope.db, 'channels', { id: `ch_${count}`, org_id: scope.orgId, ...removed })
    expect((await call('', 'DELETE')).status).toBe(204)
    await connected(graph, scope, `${waba}2`)
    await look(`${waba}2`)
    const actions = (await rowsOf(scope, 'audit_entries', 'id')).map(({ action }) => action)
    expect(actions).toEqual(['account.connected', 'account.removed', 'account.connected'])
    const overview = await callApp(app, { path: '/api/overview', token })
    expect(await overview.json()).toMatchObject({ numbers: [] })
  })

  it('is told where its token ended, and connected again by the next one', async () => {
    graph.refuse(/GET 72/, 190, 'Session expired')
    expect(await refresh()).toMatchObject({ code: 'setup.token_invalid' })
    expect(JSON.parse(String((await account())?.['failure']))).toMatchObject({
      key: 'token_invalid',
      action: 'reconnect',
    })
    await connected(graph, scope, waba)
    expect(await account()).toMatchObject({ failure: null })
  })

  it('says nothing of itself while Meta is away', async () => {
    graph.drop(/GET 72/)
    expect(await refresh()).toMatchObject({ status: 503, code: 'setup.meta_down' })
    expect(await account()).toMatchObject({ failure: null })
  })

  it('is subscribed by the next look where that failed', async () => {
    graph.refuse(/POST .*subscribed_apps/, 100, 'No')
    graph.subscribed.clear()
    await connected(graph, scope, waba)
    expect(JSON.parse(String((await account())?.['failure']))).toMatchObject({ step: 'subscribe' })
    expect((await refresh()).status).toBe(200)
    expect(await account()).toMatchObject({ failure: null })
    expect(graph.subscribed.has(waba)).toBe(true)
  })

  it('does not lose what was done while it was read', async () => {
    const db = scope.db
    await db
      .prepare('UPDATE numbers SET registered_at = ?1, verified_at = ?1 WHERE org_id = ?2')
      .bind(Date.now() + 60_000, scope.orgId)
      .run()
    graph.addNumber(`82${count}`, waba)
    await refresh()
    const [number] = await rowsOf(scope, 'numbers')
    expect(number?.['registered_at']).not.toBeNull()
    expect(number).toMatchObject({ code_status: 'VERIFIED' })
  })

  it('keeps a draft within Meta’s limits, and the day documents were sent', async () => {
    const draft = { displayName: 'Example', vertical: 'RETAIL', description: 'x'.repeat(513) }
    expect(await call('/profile', 'PUT', draft)).toMatchObject({ status: 422, code: 'request.invalid' })
    const saved = await callApp(app, {
      method: 'PUT',
      path: `/api/accounts/${waba}/profile`,
      token,
      body: { ...draft, description: 'x'.repeat(512) },
    })
    expect(accountViewSchema.parse(await saved.json()).draft).toMatchObject({ displayName: 'Example' })
    const submittedAt = '2026-11-01T00:00:00.000Z'
    expect((await call('/review-date', 'POST', { submittedAt })).status).toBe(200)
    expect(await account()).toMatchObject({ review_submitted_at: Date.parse(submittedAt) })
  })
})

describe('what webhooks tell', () => {
  const told = async (unit: number, value: object) => {
    const lane = objectNames.lane.account(waba)
    const entry = [{ id: waba, changes: [{ field: 'account_update', value }] }]
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry })
    const place = { org_id: scope.orgId, lane, part: 1, unit, waba_id: waba, received_at: SEEDED_AT }
    await insert(scope.db, 'account_events', { ...place, field: 'account_update', body })
  }
  const job = () => runRefreshAccount(env, { kind: 'refresh_account', orgId: scope.orgId, shard: 0, wabaId: waba })

  it('of bans and restrictions stands on the account, as Graph does not tell it', async () => {
    await told(1, { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE' } })
    const info = [{ restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: 1_800_000_000 }]
    await told(2, { event: 'ACCOUNT_RESTRICTION', restriction_info: info })
    await job()
    expect(await account()).toMatchObject({
      is_banned: 1,
      restriction: JSON.stringify(info),
      restricted_until: 1_800_000_000_000,
    })
    await told(3, { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'REINSTATE' } })
    await job()
    await job()
    expect(await account()).toMatchObject({ is_banned: 0, restriction: null, restricted_until: null })
  })

  it('of an account that is gone meanwhile is nothing to do', async () => {
    await call('', 'DELETE')
    await expect(job()).resolves.toBeUndefined()
  })

  it('of a business that was verified has its accounts read again', async () => {
    const read: string[] = []
    const noted: string[] = []
    const info = { client_business_id: '600100', status: 'APPROVED', rejection_reasons: ['NONE'] }
    const value = { event: 'PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE', partner_client_certification_info: info }
    const entry = [{ id: '600100', changes: [{ field: 'account_update', value }] }]
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry })
    await readUnclaimed(
      {
        note: async ({ wabaId }) => void noted.push(wabaId),
        readAgain: async (businessId) => {
          read.push(businessId)
          for (const { wabaId } of await listAccountsOfBusiness(scope.db, businessId)) noted.push(wabaId)
        },
      },
      ['', 'somebody'].map((appPath) => ({ appPath, body, receivedAt: SEEDED_AT })),
    )
    expect(read).toEqual(['600100'])
    expect(noted).toContain(waba)
  })

  it('is asked for once an hour besides, also where Meta will not answer', async () => {
    const old = Date.now() - 3_600_001
    await scope.db.prepare('UPDATE accounts SET checked_at = ?1 WHERE org_id = ?2').bind(old, scope.orgId).run()
    expect(await listUncheckedAccounts(scope.db, old, 10)).toContainEqual({ orgId: scope.orgId, wabaId: waba })
    graph.refuse(/GET 72/, 190)
    await job()
    expect(await listUncheckedAccounts(scope.db, old, 10)).not.toContainEqual({ orgId: scope.orgId, wabaId: waba })
  })
})

describe('removing an account', () => {
  const channel = (removedAt: number | null) =>
    insert(scope.db, 'channels', {
      id: `ch_${scope.orgId.slice(-12)}`,
      org_id: scope.orgId,
      phone_number_id: `82${count}`,
      name: 'Line',
      department_id: '100',
      created_at: SEEDED_AT,
      removed_at: removedAt,
    })

  it('waits for its channels to be removed', async () => {
    await channel(null)
    expect(await call('', 'DELETE')).toMatchObject({ code: 'setup.has_channels' })
    expect(await rowsOf(scope, 'numbers')).toHaveLength(1)
    expect((await rowsOf(scope, 'audit_entries')).map((row) => row['action'])).toEqual(['account.connected'])
  })

  it('leaves what conversations name, without a token, and lets another organisation have it', async () => {
    await channel(SEEDED_AT)
    expect((await call('', 'DELETE')).status).toBe(204)
    expect(await call('', 'DELETE')).toMatchObject({ code: 'setup.account_unknown' })
    expect(await rowsOf(scope, 'accounts')).toEqual([])
    expect(await rowsOf(scope, 'numbers')).toMatchObject([{ status: 'disconnected', token: '' }])
    expect(graph.subscribed.has(waba)).toBe(false)
    const routes = (await allRows(env.DIRECTORY, 'account_routes')).filter((row) => row['waba_id'] === waba)
    expect(routes).toEqual([])
    const other = await someOrganisation()
    await connected(graph, other, waba)
    expect(await rowsOf(other, 'accounts')).toHaveLength(1)
  })
})
