import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { callApp, testApp, tokenOf } from '../../test/api.ts'
import { open, sha256Hex } from '../platform/crypto.ts'
import { readConfig } from '../platform/env.ts'
import { objectNames, shardDatabase } from '../platform/scope.ts'
import { createQuotasRepo } from '../quotas/quotas.repo.ts'
import { createConnectDeps } from './connect-deps.ts'
import { leastFilledShard } from './orgs.model.ts'
import { loadScope } from './orgs.repo.ts'
import { connectOrganisationSchema } from './orgs.schemas.ts'
import type { ConnectOrganisation } from './orgs.schemas.ts'
import { connectOrganisation } from './orgs.usecases.ts'
import type { ConnectDeps } from './orgs.usecases.ts'

let count = 100
let touched: string[]
let deps: ConnectDeps

beforeEach(() => {
  touched = []
  deps = {
    ...createConnectDeps(env),
    touchLane: async (name) => {
      touched.push(name)
    },
  }
})

/** A portal with one number of its own; every call makes another one. */
function someInput(changes: Record<string, unknown> = {}): ConnectOrganisation {
  count += 1
  return connectOrganisationSchema.parse({
    portalId: `6000${count}`,
    dataCentre: 'EU',
    refreshToken: '1000.refresh',
    numbers: [someNumber(`8000${count}`, `7000${count}`)],
    ...changes,
  })
}

function someNumber(phoneNumberId: string, wabaId: string) {
  return {
    phoneNumberId,
    wabaId,
    portfolioId: '600100',
    displayPhoneNumber: '+44 20 7946 0101',
    token: 'meta-token',
    channel: { name: 'WhatsApp', departmentId: '1800000000100' },
  }
}

const keyOwner = async (installKey: string) =>
  env.DIRECTORY.prepare('SELECT org_id FROM install_keys WHERE key_sha256 = ?')
    .bind(await sha256Hex(installKey))
    .first('org_id')

const organisationOf = (orgId: string) =>
  env.DIRECTORY.prepare('SELECT shard, region FROM organisations WHERE id = ?')
    .bind(orgId)
    .first<{ shard: number; region: string }>()

describe('connecting an organisation', () => {
  it('writes directory and shard, seals its tokens and wakes its lanes', async () => {
    const input = someInput()
    const [{ phoneNumberId, wabaId } = { phoneNumberId: '', wabaId: '' }] = input.numbers
    const { orgId, installKey } = await connectOrganisation(deps, input)
    const organisation = await organisationOf(orgId)
    expect(organisation?.region).toBe('eu')
    expect(await keyOwner(installKey)).toBe(orgId)
    const db = shardDatabase(env, organisation?.shard ?? 0)
    const number = await db.prepare('SELECT token FROM numbers WHERE org_id = ?').bind(orgId).first<{ token: string }>()
    const keys = readConfig(env).ENCRYPTION_KEYS
    expect(await open(keys, `meta_token:${orgId}:${phoneNumberId}`, number?.token ?? '')).toBe('meta-token')
    const channel = await db.prepare('SELECT * FROM channels WHERE org_id = ?').bind(orgId).first()
    expect(channel).toMatchObject({
      department_id: '1800000000100',
      reopen_days: 3,
      burst_seconds: 10,
      public_comments: 0,
    })
    expect(touched).toEqual([objectNames.lane.number(phoneNumberId), objectNames.lane.account(wabaId)])
  })

  it('again changes what changed, keeps the rest and gives another key', async () => {
    const input = someInput()
    const first = await connectOrganisation(deps, input)
    const [number] = input.numbers
    if (number === undefined) throw new Error('no number')
    const numbers = [{ ...number, channel: { ...number.channel, name: 'Sales', burstSeconds: 2 } }]
    const second = await connectOrganisation(deps, { ...input, refreshToken: '1000.new', numbers })
    expect(second.orgId).toBe(first.orgId)
    expect(await keyOwner(first.installKey)).toBeNull()
    expect(await keyOwner(second.installKey)).toBe(first.orgId)
    const db = shardDatabase(env, (await organisationOf(first.orgId))?.shard ?? 0)
    const { results } = await db.prepare('SELECT * FROM channels WHERE org_id = ?').bind(first.orgId).all()
    expect(results).toHaveLength(1)
    expect(results[0]).toMatchObject({ name: 'Sales', burst_seconds: 2 })
  })

  it('again ends every session that the former key opened', async () => {
    const input = someInput()
    const { orgId } = await connectOrganisation(deps, input)
    const app = testApp()
    const ask = async (token: string) => (await callApp(app, { path: '/api/channels', token })).status
    const shard = (await organisationOf(orgId))?.shard ?? 0
    const token = await tokenOf(await loadScope(env, shard, orgId), { role: 'admin' })
    expect(await ask(token)).toBe(200)
    await connectOrganisation(deps, input)
    expect(await ask(token)).toBe(401)
    expect(await ask(await tokenOf(await loadScope(env, shard, orgId), { role: 'admin' }))).toBe(200)
  })

  it('with a number of another organisation is refused and changes nothing', async () => {
    const owner = someInput()
    await connectOrganisation(deps, owner)
    const thief = someInput({ numbers: owner.numbers })
    await expect(connectOrganisation(deps, thief)).rejects.toMatchObject({ code: 'orgs.number_taken', status: 409 })
    expect(await deps.directory.findOrganisation(thief.portalId, 'EU')).toBeNull()
  })

  it('with an account of another organisation is refused', async () => {
    const owner = someInput()
    await connectOrganisation(deps, owner)
    const numbers = [someNumber('999111', owner.numbers[0]?.wabaId ?? '')]
    await expect(connectOrganisation(deps, someInput({ numbers }))).rejects.toMatchObject({
      code: 'orgs.account_taken',
    })
  })

  it('that lists a number twice is refused', async () => {
    const numbers = [someNumber('999222', '700222'), someNumber('999222', '700222')]
    await expect(connectOrganisation(deps, someInput({ numbers }))).rejects.toMatchObject({ code: 'orgs.number_twice' })
  })
})

it('puts a new organisation where the fewest are', () => {
  expect(leastFilledShard(new Map(), 2)).toBe(0)
  expect(leastFilledShard(new Map([[0, 3]]), 2)).toBe(1)
  expect(
    leastFilledShard(
      new Map([
        [0, 3],
        [1, 3],
      ]),
      2,
    ),
  ).toBe(0)
  expect(
    leastFilledShard(
      new Map([
        [0, 3],
        [1, 1],
        [2, 2],
      ]),
      3,
    ),
  ).toBe(1)
})

describe('the standing of what an operator connects', () => {
  const standingsOf = async (orgId: string, at: number) => {
    const organisation = await organisationOf(orgId)
    return createQuotasRepo({ db: shardDatabase(env, organisation?.shard ?? 0), orgId }).listStandings(at)
  }

  it('is live unless told otherwise, and its trial begins with the first channel', async () => {
    const input = someInput()
    const { orgId } = await connectOrganisation({ ...deps, clock: () => 5_000 }, input)
    await connectOrganisation({ ...deps, clock: () => 9_000 }, input)
    const [standing] = (await standingsOf(orgId, 9_000)).values()
    expect(standing).toMatchObject({ stage: 'live', missing: [], trial: { startedAt: '1970-01-01T00:00:05.000Z' } })
  })

  it('is what the operator says', async () => {
    const input = someInput()
    const [{ phoneNumberId, wabaId } = { phoneNumberId: '', wabaId: '' }] = input.numbers
    const accounts = [{ wabaId, name: '', businessVerification: 'NOT_VERIFIED', payment: 'missing' as const }]
    const { orgId } = await connectOrganisation(deps, { ...input, accounts, trialStartedAt: 1_000 })
    const standing = (await standingsOf(orgId, 2_000)).get(phoneNumberId)
    expect(standing).toMatchObject({
      stage: 'trial',
      trial: { startedAt: '1970-01-01T00:00:01.000Z', phoneNumberId },
      overlays: [{ name: 'payment_missing' }],
    })
  })
})
