import { env } from 'cloudflare:workers'
import { runInDurableObject } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { strictNetwork } from '../../test/network.ts'
import { seal } from '../platform/crypto.ts'
import { readConfig } from '../platform/env.ts'
import { newId } from '../platform/ids.ts'
import { loadScope } from './orgs.repo.ts'
import { createConnectionsRepo } from './connections.repo.ts'
import { createDeskGateway } from './desk-gateway.ts'
import { sealContexts } from './seal-contexts.ts'

const network = strictNetwork()
let orgId: string
let issued: number
let accessTokens: Set<string>

beforeEach(async () => {
  orgId = newId('org')
  issued = 0
  accessTokens = new Set()
  const repo = createConnectionsRepo({ db: env.SHARD_0, orgId })
  const sealed = await seal(readConfig(env).ENCRYPTION_KEYS, sealContexts(orgId).deskRefresh, '1000.refresh')
  const organisation = { portalId: '60000001', dataCentre: 'EU', epoch: 1 }
  const nothing = { numbers: [], accounts: [], trialStartedAt: null }
  await repo.save(organisation, { refreshToken: sealed, concurrency: 5 }, nothing, 0)
  network.handle((request, url) => {
    if (url.origin !== 'https://accounts.zoho.eu') return undefined
    issued += 1
    const accessToken = `1000.access${issued}`
    accessTokens.add(accessToken)
    return Response.json({ access_token: accessToken, expires_in: 3600 })
  })
  network.handle((request, url) => {
    if (url.origin !== 'https://desk.zoho.eu') return undefined
    const token = request.headers.get('authorization')?.replace('Zoho-oauthtoken ', '') ?? ''
    if (!accessTokens.has(token)) return Response.json({ errorCode: 'INVALID_OAUTH' }, { status: 401 })
    return Response.json({ id: '1', ticketNumber: '101', departmentId: '2' })
  })
})

const stub = () => env.ORG.getByName(`0:${orgId}`)
const gateway = async () => createDeskGateway(env, await loadScope(env, 0, orgId))
const connection = () => createConnectionsRepo({ db: env.SHARD_0, orgId }).read()
/** The object is thrown away with all it holds in memory, as a deployment does. */
const restart = () =>
  runInDurableObject(stub(), (_, state) => state.abort('restarted by the test')).catch((error: unknown) => {
    expect(String(error)).toContain('restarted by the test')
  })
const leaseOf = async () => stub().lease({ credits: 1 })

describe('the access token', () => {
  it('is asked for once by many at the same time, and survives a restart', async () => {
    const desk = await gateway()
    const answers = await Promise.all(Array.from({ length: 12 }, () => desk.getTicket('1')))
    expect(answers.every((answer) => answer.ok)).toBe(true)
    expect(issued).toBe(1)
    expect((await connection())?.access_token).not.toContain('1000.access')
    await restart()
    expect((await (await gateway()).getTicket('1')).ok).toBe(true)
    expect(issued).toBe(1)
  })

  it('is replaced once when Desk refuses it, and the call is repeated', async () => {
    const desk = await gateway()
    await desk.getTicket('1')
    accessTokens.clear()
    const answers = await Promise.all([desk.getTicket('1'), desk.getTicket('1'), desk.getTicket('1')])
    expect(answers.every((answer) => answer.ok)).toBe(true)
    expect(issued).toBe(2)
  })

  it('is not asked for more than ten times in ten minutes, restarts included', async () => {
    network.handle((_, url) =>
      url.origin === 'https://desk.zoho.eu'
        ? Response.json({ errorCode: 'INVALID_OAUTH' }, { status: 401 })
        : undefined,
    )
    for (let round = 0; round < 8; round += 1) {
      await (await gateway()).getTicket('1')
      if (round % 3 === 0) await restart()
    }
    expect(issued).toBe(10)
    expect(await leaseOf()).toMatchObject({ ok: false, error: { reason: 'paused' } })
  })

  it('that can no longer be had makes the connection revoked, for good and without asking again', async () => {
    let refused = 0
    network.handle((_, url) => {
      if (url.origin !== 'https://accounts.zoho.eu') return undefined
      refused += 1
      return Response.json({ error: 'invalid_code' })
    })
    expect(await (await gateway()).getTicket('1')).toEqual({ ok: false, error: { kind: 'revoked' } })
    await restart()
    expect(await (await gateway()).getTicket('1')).toEqual({ ok: false, error: { kind: 'revoked' } })
    expect(refused).toBe(1)
    expect((await connection())?.status).toBe('revoked')
  })
})

describe('pauses', () => {
  it('hold until Desk says, for everybody, over a restart, and without a call', async () => {
    let asked = 0
    network.handle((_, url) => {
      if (url.origin !== 'https://desk.zoho.eu') return undefined
      asked += 1
      return Response.json({ errorCode: 'THRESHOLD_EXCEEDED' }, { status: 429, headers: { 'retry-after': '7200' } })
    })
    const first = await (await gateway()).getTicket('1')
    expect(first).toMatchObject({ ok: false, error: { kind: 'paused' } })
    await restart()
    expect(await (await gateway()).getTicket('1')).toEqual(first)
    expect(asked).toBe(1)
  })

  it('end when Desk is connected anew', async () => {
    const leased = await leaseOf()
    if (!leased.ok) throw new Error('no lease')
    const outcome = { kind: 'paused', retryAt: Date.now() + 3_600_000, creditsUsed: 1, creditsLeft: 0 } as const
    await stub().release(leased.value.leaseId, outcome)
    expect(await leaseOf()).toMatchObject({ ok: false, error: { reason: 'paused' } })
    await stub().reload()
    expect((await leaseOf()).ok).toBe(true)
  })

  it('for too many calls at once are short, and the call is made again', async () => {
    let refusals = 2
    network.handle((_, url) => {
      if (url.origin !== 'https://desk.zoho.eu' || refusals === 0) return undefined
      refusals -= 1
      return Response.json({ errorCode: 'TOO_MANY_REQUESTS' }, { status: 429 })
    })
    expect((await (await gateway()).getTicket('1')).ok).toBe(true)
  })
})

it('lets a fifth of the portal’s concurrent calls to others', async () => {
  let running = 0
  let most = 0
  const answer = async (): Promise<Response> => {
    running += 1
    most = Math.max(most, running)
    await scheduler.wait(5)
    running -= 1
    return Response.json({ id: '1', ticketNumber: '101', departmentId: '2' })
  }
  network.handle((_, url) => (url.origin === 'https://desk.zoho.eu' ? answer() : undefined))
  const desk = await gateway()
  await Promise.all(Array.from({ length: 20 }, () => desk.getTicket('1')))
  expect(most).toBe(4)
})
