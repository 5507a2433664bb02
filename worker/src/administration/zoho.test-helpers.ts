import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import { z } from 'zod'
import { adminSessionSchema } from '../../../contract/index.ts'
import type { AdminSession } from '../../../contract/index.ts'
import { callApp, testApp } from '../../test/api.ts'
import type { strictNetwork } from '../../test/network.ts'
import { sha256Base64Url } from '../platform/crypto.ts'
import type { Env } from '../platform/env.ts'

type Network = ReturnType<typeof strictNetwork>

/** A person at Zoho: an agent of one portal, and what that portal is. */
export type ZohoPerson = {
  portalId: string
  id: string
  name: string
  status?: string
  rolePermissionType?: string
  isAdminInOrg?: boolean
  companyName?: string
  edition?: string
}

export const ana: ZohoPerson = { portalId: '60000001', id: '1800000000600', name: 'Ana Ito' }

type Scene = {
  /** Codes that Zoho would take, and who each stands for. */
  codes: Map<string, { person: ZohoPerson; isOffline: boolean }>
  /** Live refresh tokens. */
  refreshTokens: Set<string>
  revoked: string[]
  departments: Array<{ id: string; name: string; isEnabled: boolean }>
}

/** Zoho's accounts servers and Desks, of every data centre, for one test. */
export function playZoho(network: Network): Scene {
  const scene: Scene = {
    codes: new Map(),
    refreshTokens: new Set(),
    revoked: [],
    departments: [
      { id: '100', name: 'Support', isEnabled: true },
      { id: '101', name: 'Sales', isEnabled: true },
      { id: '102', name: 'Old', isEnabled: false },
    ],
  }
  const holders = new Map<string, ZohoPerson>()
  const answerAccounts = async (request: Request, url: URL): Promise<Response> => {
    const form = new URLSearchParams(new TextDecoder().decode(await request.arrayBuffer()))
    if (url.pathname.endsWith('/revoke')) {
      const token = url.searchParams.get('token') ?? ''
      scene.revoked.push(token)
      scene.refreshTokens.delete(token)
      return Response.json({ status: 'success' })
    }
    if (form.get('grant_type') === 'refresh_token') {
      const refreshToken = form.get('refresh_token') ?? ''
      if (!scene.refreshTokens.has(refreshToken)) return Response.json({ error: 'invalid_code' })
      holders.set(`access.${refreshToken}`, holders.get(refreshToken) ?? ana)
      return Response.json({ access_token: `access.${refreshToken}`, expires_in: 3600 })
    }
    const grant = scene.codes.get(form.get('code') ?? '')
    if (grant === undefined || form.get('redirect_uri') !== 'https://kaiwa.test/oauth/zoho/callback')
      return Response.json({ error: 'invalid_code' })
    scene.codes.delete(form.get('code') ?? '')
    const accessToken = `access.${form.get('code')}`
    holders.set(accessToken, grant.person)
    if (!grant.isOffline) return Response.json({ access_token: accessToken, expires_in: 3600 })
    const refreshToken = `refresh.${form.get('code')}`
    holders.set(refreshToken, grant.person)
    scene.refreshTokens.add(refreshToken)
    return Response.json({ access_token: accessToken, refresh_token: refreshToken, expires_in: 3600 })
  }
  network.handle((request, url) => (url.hostname.startsWith('accounts.') ? answerAccounts(request, url) : undefined))
  network.handle((request, url) => {
    if (!url.hostname.startsWith('desk.')) return undefined
    const token = request.headers.get('authorization')?.replace('Zoho-oauthtoken ', '') ?? ''
    const person = holders.get(token)
    if (person === undefined) return Response.json({ errorCode: 'INVALID_OAUTH' }, { status: 401 })
    if (url.pathname === '/api/v1/organizations') return Response.json({ data: [organisationOf(person)] })
    if (request.headers.get('orgId') !== person.portalId)
      return Response.json({ errorCode: 'OAUTH_ORG_MISMATCH' }, { status: 403 })
    if (url.pathname === '/api/v1/myinfo') return Response.json(agentOf(person))
    if (url.pathname === '/api/v1/departments') return Response.json({ data: scene.departments })
    return undefined
  })
  return scene
}

function agentOf({ id, name, status = 'ACTIVE', rolePermissionType = 'Admin' }: ZohoPerson) {
  return { id, name, status, isConfirmed: true, rolePermissionType, associatedDepartmentIds: ['100'] }
}

function organisationOf({
  portalId,
  companyName = 'Example Parcels',
  edition = 'ENTERPRISE',
  isAdminInOrg,
}: ZohoPerson) {
  return {
    id: portalId,
    companyName,
    portalName: 'example',
    edition,
    ...(isAdminInOrg !== undefined && { isAdminInOrg }),
  }
}

export const app = testApp()
let codeCount = 0
export const verifierOf = (name: string): string => name.padEnd(43, '0')

let browserCount = 0

/** A browser with its cookies and an address of its own. */
export function browser() {
  let cookie = ''
  browserCount += 1
  const address = `192.0.2.${browserCount}`
  return {
    async open(
      path: string,
      form?: Record<string, string>,
      bindings: Env = env,
    ): Promise<{ response: Response; text: string }> {
      const response = await app.fetch(
        new Request(`https://kaiwa.test${path}`, {
          method: form === undefined ? 'GET' : 'POST',
          headers: { 'CF-Connecting-IP': address, ...(cookie !== '' && { Cookie: cookie }) },
          ...(form !== undefined && { body: new URLSearchParams(form) }),
        }),
        bindings,
        createExecutionContext(),
      )
      const set = response.headers.get('Set-Cookie')
      if (set !== null) cookie = set.split(';')[0] ?? ''
      return { response, text: await response.text() }
    },
  }
}
export type Browser = ReturnType<typeof browser>

export const valueOf = (text: string, pattern: RegExp): string => pattern.exec(text)?.[1] ?? ''
export const problemOf = (text: string): string => valueOf(text, /data-problem="(\w+)"/)
export const confirmOf = (text: string): string => valueOf(text, /name="confirm" value="(\w+)"/)
export const codeOf = (text: string): string => valueOf(text, /data-testid="code" id="code">(\w+)</)

export type Ask = {
  purpose?: string
  portalId?: string
  dataCentre?: string
  verifier?: string
  origin?: string
  locale?: string
}

/** Opens the window. Resolves to Zoho's address that it leads to. */
export async function openWindow(window: Browser, ask: Ask = {}): Promise<URL> {
  const query = new URLSearchParams({
    challenge: await sha256Base64Url(ask.verifier ?? verifierOf('ana')),
    portalId: ask.portalId ?? '60000001',
    dataCentre: ask.dataCentre ?? 'US',
    purpose: ask.purpose ?? 'proof',
    ...(ask.origin !== undefined && { origin: ask.origin }),
    ...(ask.locale !== undefined && { locale: ask.locale }),
  })
  const { response } = await window.open(`/admin/sign-in?${query.toString()}`)
  expect(response.status).toBe(302)
  return new URL(response.headers.get('Location') ?? '')
}

/** The person accepts at Zoho. Resolves to the path that the browser is sent back to. */
export function acceptAtZoho(scene: Scene, at: URL, person: ZohoPerson, location = 'us'): string {
  codeCount += 1
  const code = `code${codeCount}`
  scene.codes.set(code, { person, isOffline: at.searchParams.get('access_type') === 'offline' })
  const back = new URLSearchParams({
    state: at.searchParams.get('state') ?? '',
    code,
    location,
    'accounts-server': 'https://evil.example',
  })
  return `/oauth/zoho/callback?${back.toString()}`
}

/** The whole window. Resolves to the code. */
export async function signIn(scene: Scene, person: ZohoPerson, ask: Ask = {}, bindings: Env = env): Promise<string> {
  const window = browser()
  const at = await openWindow(window, { portalId: person.portalId, ...ask })
  const { text } = await window.open(acceptAtZoho(scene, at, person))
  const done = await window.open('/admin/sign-in/confirm', { confirm: confirmOf(text), decision: 'continue' }, bindings)
  expect({ problem: problemOf(done.text), status: done.response.status }).toEqual({ problem: '', status: 200 })
  return codeOf(done.text)
}

export async function openSession(code: string, verifier = verifierOf('ana')): Promise<Response> {
  const headers = { 'CF-Connecting-IP': `198.51.100.${code}` }
  return callApp(app, { method: 'POST', path: '/api/admin/session', body: { code, verifier }, headers })
}

/** Connects a portal, or proves an administrator of it. */
export async function sessionOf(
  scene: Scene,
  person: ZohoPerson,
  ask: Ask = {},
  bindings: Env = env,
): Promise<AdminSession> {
  return adminSessionSchema.parse(await (await openSession(await signIn(scene, person, ask, bindings))).json())
}

export const errorCodeOf = async (response: Response): Promise<string> =>
  z.object({ error: z.object({ code: z.string() }) }).parse(await response.json()).error.code
