import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { signInQuerySchema } from '../../../contract/index.ts'
import { strictNetwork } from '../../test/network.ts'
import { createAbandonedPorts } from './abandoned.ports.ts'
import { endAbandoned } from './abandoned.usecases.ts'
import { createSignInPorts } from './sign-in.ports.ts'
import { beginSignIn, returnFromZoho } from './sign-in.usecases.ts'
import {
  acceptAtZoho,
  ana,
  browser,
  confirmOf,
  openWindow,
  playZoho,
  problemOf,
  sessionOf,
} from './zoho.test-helpers.ts'

const network = strictNetwork()
const MINUTE_MS = 60_000
let zoho: ReturnType<typeof playZoho>
let portal = 60_900_000
let admin = ana
let start: number

beforeEach(async () => {
  await env.DIRECTORY.prepare('DELETE FROM sign_ins').run()
  zoho = playZoho(network)
  portal += 1
  admin = { ...ana, portalId: String(portal) }
  start = Date.now()
})

afterEach(() => {
  vi.restoreAllMocks()
})

const sweep = () => endAbandoned(createAbandonedPorts(env))
const after = (minutes: number) => vi.spyOn(Date, 'now').mockReturnValue(start + minutes * MINUTE_MS)
const windows = async (): Promise<number> =>
  (await env.DIRECTORY.prepare('SELECT COUNT(*) AS windows FROM sign_ins').first<number>('windows')) ?? 0

/** Somebody comes back from Zoho with lasting access, and leaves the page that asks to confirm it. */
async function leave() {
  const window = browser()
  const at = await openWindow(window, { purpose: 'connect', portalId: admin.portalId })
  const { text } = await window.open(acceptAtZoho(zoho, at, admin))
  return { window, form: { confirm: confirmOf(text), decision: 'continue' } }
}

/** Zoho's accounts servers stop to end tokens. */
const refuseToRevoke = () => {
  let isDown = true
  network.handle((_, url) =>
    isDown && url.pathname.endsWith('/revoke') ? new Response('', { status: 503 }) : undefined,
  )
  return () => {
    isDown = false
  }
}

describe('a window to connect Desk that nobody finished', () => {
  it('has its access ended at Zoho when it is over, not before', async () => {
    await leave()
    after(10)
    expect(await sweep()).toEqual({ ended: 0, failed: 0 })
    expect(zoho.refreshTokens.size).toBe(1)
    after(16)
    expect(await sweep()).toEqual({ ended: 1, failed: 0 })
    expect(zoho.refreshTokens.size).toBe(0)
    expect(zoho.revoked).toHaveLength(1)
    expect(await windows()).toBe(0)
    expect(await sweep()).toEqual({ ended: 0, failed: 0 })
  })

  it('is not forgotten when others open theirs', async () => {
    await leave()
    after(16)
    await openWindow(browser(), { portalId: admin.portalId })
    await sweep()
    expect(zoho.refreshTokens.size).toBe(0)
  })

  it('is tried again while Zoho does not end it, for a day', async () => {
    const { window, form } = await leave()
    const recover = refuseToRevoke()
    after(16)
    expect(await sweep()).toEqual({ ended: 0, failed: 1 })
    expect(problemOf((await window.open('/admin/sign-in/confirm', form)).text)).toBe('expired')
    recover()
    expect(await sweep()).toEqual({ ended: 1, failed: 0 })
    expect(zoho.refreshTokens.size).toBe(0)

    await leave()
    refuseToRevoke()
    after(16 + 25 * 60)
    expect(await sweep()).toEqual({ ended: 0, failed: 1 })
    expect(await windows()).toBe(0)
  })

  it('and was declined while Zoho did not answer is ended later', async () => {
    const { window, form } = await leave()
    const recover = refuseToRevoke()
    await window.open('/admin/sign-in/confirm', { ...form, decision: 'cancel' })
    recover()
    after(16)
    expect(await sweep()).toEqual({ ended: 1, failed: 0 })
    expect(zoho.refreshTokens.size).toBe(0)
  })

  it('leaves alone what a portal is connected by', async () => {
    await sessionOf(zoho, admin, { purpose: 'connect' })
    const [token = ''] = zoho.refreshTokens
    const { signIns, open, ...ports } = createAbandonedPorts(env)
    await leave()
    // As if its answer had been lost on the way: the row still holds the very token that connected.
    const connected = {
      ...ports,
      signIns,
      open: async (...given: Parameters<typeof open>) => ({ ...(await open(...given)), refreshToken: token }),
    }
    after(16)
    expect(await endAbandoned(connected)).toEqual({ ended: 1, failed: 0 })
    expect(zoho.revoked).toEqual([])
    expect(zoho.refreshTokens.has(token)).toBe(true)
  })
})

describe('a connection that is refused', () => {
  it.each([
    ['an agent', { rolePermissionType: 'AgentPublic' }, 'not_admin'],
    ['an administrator of another portal', { portalId: '69999999' }, 'wrong_portal'],
  ])('as %s has the access ended at Zoho at once', async (_, change, problem) => {
    const window = browser()
    const at = await openWindow(window, { purpose: 'connect', portalId: admin.portalId })
    const { text } = await window.open(acceptAtZoho(zoho, at, { ...admin, ...change }))
    expect(problemOf(text)).toBe(problem)
    expect(zoho.revoked).toHaveLength(1)
    expect(zoho.refreshTokens.size).toBe(0)
  })

  it('because something of ours failed has it ended too', async () => {
    const ports = {
      ...createSignInPorts(env, 'https://kaiwa.test'),
      findOrganisation: () => Promise.reject(new Error('the directory is away')),
    }
    const query = { challenge: 'a'.repeat(43), portalId: admin.portalId, dataCentre: 'US', purpose: 'connect' } as const
    const at = new URL(await beginSignIn(ports, signInQuerySchema.parse(query), 'a browser'))
    const back = new URL(acceptAtZoho(zoho, at, admin), 'https://kaiwa.test').searchParams
    const answer = { state: back.get('state') ?? '', code: back.get('code') ?? '', browser: 'a browser' }
    await expect(returnFromZoho(ports, answer)).rejects.toThrow('the directory is away')
    expect(zoho.revoked).toHaveLength(1)
    expect(zoho.refreshTokens.size).toBe(0)
  })
})
