import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { demoAgentIds, demoPortal } from '../../demo.ts'
import { SandboxClock } from '../../shared/clock.ts'
import { defaultSettings } from '../settings.ts'
import { DeskKit } from '../testkit.ts'
import type { Answer } from '../testkit.ts'
import { MASK } from './config-params.ts'
import { ExtensionDatabase } from './database.ts'
import { callbackHash, invokeHash } from './hash.ts'
import { readManifest } from './manifest.ts'
import { proxyRequest } from './proxy.ts'

const SECRET = 'manifest-secret'
const parameter = { displayName: 'P', description: '', type: 'text', userdefined: true, mandatory: true }
const manifestValue = {
  modules: { widgets: [] },
  storage: true,
  config: [
    { ...parameter, name: 'install_key', secure: true },
    { ...parameter, name: 'region', secure: false },
  ],
  whiteListedDomains: ['http://127.0.0.1:4301', 'https://*.example.com'],
  secret: SECRET,
}

type Heard = { hash: string; body: string }
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A server that answers 202 and tells what it heard. */
async function listener(): Promise<{ url: string; heard: Promise<Heard> }> {
  const { promise, resolve } = Promise.withResolvers<Heard>()
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => {
      body += part.toString()
    })
    request.on('end', () => {
      resolve({ hash: String(request.headers.hash ?? request.headers.authorization), body })
      response.writeHead(202).end('accepted')
    })
  })
  closers.push(() => server.close())
  await new Promise<void>((resolveListen) => server.listen(0, '127.0.0.1', resolveListen))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard: promise }
}

describe('the proxy', () => {
  const place = (changes: Partial<ReturnType<typeof defaultSettings>> = {}) => ({
    manifest: readManifest(manifestValue),
    config: { install_key: 'k-1' },
    settings: { ...defaultSettings(), ...changes },
  })
  const options = {
    url: 'http://127.0.0.1:4301/api/session?x={{install_key}}',
    type: 'POST',
    headers: { Authorization: 'Bearer {{install_key}}', 'x-other': '{{unknown}}' },
    data: { page: 1 },
    postBody: { portalId: '1', key: '{{install_key}}' },
  }

  it('fills parameters in address and headers, not in the body', () => {
    const { url, init } = proxyRequest(options, place())
    expect(url.toString()).toBe('http://127.0.0.1:4301/api/session?x=k-1&page=1')
    const headers = new Headers(init.headers)
    expect(headers.get('authorization')).toBe('Bearer k-1')
    expect(headers.get('x-other')).toBe('{{unknown}}')
    expect(headers.get('content-type')).toBe('application/json')
    expect(init.body).toBe('{"portalId":"1","key":"{{install_key}}"}')
    expect(proxyRequest(options, place({ proxyReplacesBody: true })).init.body).toContain('"key":"k-1"')
  })

  it('sends the body as a form where it is set so', () => {
    const { init } = proxyRequest(options, place({ proxyBody: 'form' }))
    expect(new Headers(init.headers).get('content-type')).toBe('application/x-www-form-urlencoded')
    expect(init.body).toBe('portalId=1&key=%7B%7Binstall_key%7D%7D')
  })

  it('makes a PATCH of a POST with header-override, and leaves the body out with a response type', () => {
    const { init } = proxyRequest({ ...options, headers: { 'header-override': 'PATCH' } }, place())
    expect(init.method).toBe('PATCH')
    expect(new Headers(init.headers).has('header-override')).toBe(false)
    expect(proxyRequest({ ...options, responseType: 'arraybuffer' }, place()).init.body).toBeUndefined()
  })

  it.each([
    [{ url: 'http://127.0.0.1:4399/' }, /whiteListedDomains/],
    [{ url: 'http://127.0.0.1.evil.example:4301/' }, /whiteListedDomains/],
    [{ url: 'https://example.com.evil.org/' }, /whiteListedDomains/],
    [{ url: 'nowhere' }, /no address/],
    [{}, /url is missing/],
    [{ url: 'http://127.0.0.1:4301/', type: 'PATCH' }, /PATCH is not possible/],
    [{ url: 'http://127.0.0.1:4301/', connectionLinkName: 'x' }, /no such connection/],
  ])('refuses %o', (refused, reason) => {
    expect(() => proxyRequest(refused, place())).toThrow(reason)
  })

  it('lets a listed pattern through', () => {
    expect(proxyRequest({ url: 'https://api.example.com/x' }, place()).url.host).toBe('api.example.com')
  })

  it('answers whatever status with its body as text, for the page’s agent', async () => {
    const server = await listener()
    const kit = new DeskKit({ manifest: () => ({ ...manifestValue, whiteListedDomains: [server.url] }) })
    kit.desk.setConfigParam(demoPortal.orgId, 'install_key', 'k-1')
    const answer = await asAgent(kit, 'POST', 'proxy', {
      url: `${server.url}/x`,
      headers: { authorization: '{{install_key}}' },
    })
    expect(answer.body.result).toBe('{"statusCode":202,"response":"accepted"}')
    expect((await server.heard).hash).toBe('k-1')
  })

  it('says when nobody answers', async () => {
    const kit = new DeskKit({ manifest: () => ({ ...manifestValue, whiteListedDomains: ['http://127.0.0.1:9'] }) })
    const answer = await asAgent(kit, 'POST', 'proxy', { url: 'http://127.0.0.1:9/' })
    expect(answer.body).toEqual({ refusal: 'The request to http://127.0.0.1:9 got no answer.' })
  })
})

describe('configuration parameters', () => {
  it('show secure values to nobody', async () => {
    const kit = new DeskKit({ manifest: () => manifestValue })
    kit.desk.setConfigParam(demoPortal.orgId, 'install_key', 'k-1')
    kit.desk.setConfigParam(demoPortal.orgId, 'region', 'eu')
    const answer = await asAgent(kit, 'GET', 'config')
    expect(answer.text).not.toContain('k-1')
    expect(answer.body.visible).toEqual([
      { name: 'install_key', value: MASK },
      { name: 'region', value: 'eu' },
    ])
    expect((await kit.send('/__sandbox/state', {})).text).not.toContain('k-1')
  })

  it('refuse a name the manifest does not have', async () => {
    const kit = new DeskKit({ manifest: () => manifestValue })
    expect(() => kit.desk.setConfigParam(demoPortal.orgId, 'other', 'x')).toThrow('no configuration parameter')
    expect((await kit.control('config', { orgId: demoPortal.orgId, name: 'other', value: 'x' })).status).toBe(400)
  })
})

describe('the extension’s storage', () => {
  it('keeps, replaces, finds and deletes rows', () => {
    const database = new ExtensionDatabase(new SandboxClock())
    let rows = database.set([], { key: 'a', value: 1, queriableValue: 'q' })
    rows = database.set(rows, [
      { key: 'a', value: 2, queriableValue: 'q' },
      { key: 'b', value: 3, queriableValue: 'q' },
    ])
    expect(database.get(rows, { queriableValue: 'q' }).map((row) => row.value)).toEqual([2, 3])
    expect(database.get(rows, { queriableValue: 'q', from: 1, limit: 1 }).map((row) => row.key)).toEqual(['b'])
    expect(database.delete(rows, { key: 'a' }).map((row) => row.key)).toEqual(['b'])
  })

  it.each([
    [{ key: 'x'.repeat(51), value: 1, queriableValue: 'q' }, /key/],
    [{ key: 'a+b', value: 1, queriableValue: 'q' }, /key/],
    [{ key: 'a', value: 1 }, /queriableValue/],
    [{ key: 'a', value: 'x'.repeat(5_300), queriableValue: 'q' }, /5.1 KB/],
    [Array.from({ length: 11 }, () => ({ key: 'a', value: 1, queriableValue: 'q' })), /ten/],
  ])('refuses %o', (row, reason) => {
    expect(() => new ExtensionDatabase(new SandboxClock()).set([], row)).toThrow(reason)
  })

  it('refuses the 51st write of a minute', () => {
    const clock = new SandboxClock()
    const database = new ExtensionDatabase(clock)
    const row = { key: 'a', value: 1, queriableValue: 'q' }
    for (let count = 0; count < 50; count += 1) database.set([], row)
    expect(() => database.set([], row)).toThrow('at most 50')
    clock.advance(60_000)
    expect(database.set([], row)).toHaveLength(1)
  })

  it('does not exist without storage in the manifest', async () => {
    const kit = new DeskKit({ manifest: () => ({ ...manifestValue, storage: false }) })
    const answer = await asAgent(kit, 'POST', 'database', { use: 'read', value: { key: 'a' } })
    expect(answer.body.error).toContain('no storage')
  })
})

describe('callbacks', () => {
  it('carry event, organisation and security context, signed over the body', async () => {
    const server = await listener()
    const kit = new DeskKit({
      manifest: () => ({ ...manifestValue, callbackListener: { onInstall: `${server.url}/cb` } }),
    })
    expect(await kit.desk.playCallback(demoPortal.orgId, 'onInstall')).toBe(202)
    const { body, hash } = await server.heard
    expect(JSON.parse(body)).toEqual({
      event: 'onInstall',
      orgId: demoPortal.orgId,
      securityContext: kit.desk.state.portals[demoPortal.orgId]?.extension.securityContext,
    })
    expect(hash).toBe(callbackHash(SECRET, body))
    expect(await kit.desk.playCallback(demoPortal.orgId, 'onUninstall')).toBeUndefined()
  })

  it('are played by a control call; after an uninstall the Invoke API refuses', async () => {
    const kit = new DeskKit({ manifest: () => manifestValue })
    expect((await kit.control('callback', { orgId: demoPortal.orgId, event: 'onParty' })).status).toBe(400)
    const answer = await kit.control('callback', { orgId: demoPortal.orgId, event: 'onUninstall' })
    expect(answer.body).toEqual({ status: null })
    expect(kit.desk.state.portals[demoPortal.orgId]?.extension.isInstalled).toBe(false)
  })
})

describe('the Invoke API', () => {
  function invoke(kit: DeskKit, fields: Record<string, string>, changes: Record<string, string> = {}): Promise<Answer> {
    const securityContext = kit.desk.state.portals[demoPortal.orgId]?.extension.securityContext ?? ''
    return kit.send(`/api/v1/invoke?orgId=${demoPortal.orgId}`, {
      method: 'POST',
      headers: { HASH: invokeHash(SECRET, fields), 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...fields, securityContext, ...changes }).toString(),
    })
  }
  const answered = (answer: Answer): unknown => JSON.parse(String(answer.body.response))
  const get = { requestURL: 'http://127.0.0.1:4302/api/v1/myinfo', requestType: 'GET' }

  it('acts as the agent who installed the extension', async () => {
    const kit = new DeskKit({ manifest: () => manifestValue })
    expect(answered(await invoke(kit, get))).toMatchObject({ status: 'true', statusMessage: { id: demoAgentIds.ana } })
    expect(Object.keys(kit.desk.state.accounts.accessTokens)).toEqual([])
  })

  it('signs fields in their order, empty ones left out, securityContext not in it', () => {
    const hash = invokeHash(SECRET, { requestType: 'GET', requestURL: 'u', postBody: '', securityContext: 's' })
    expect(hash).toBe(callbackHash(SECRET, 'requestURL=u&requestType=GET'))
  })

  it('sets and gives configuration parameters, secure ones too', async () => {
    const kit = new DeskKit({ manifest: () => manifestValue })
    const requestURL = 'http://127.0.0.1:4302/api/v1/installedExtensions/{{installationId}}/configParams'
    const postBody = JSON.stringify({ variables: [{ name: 'install_key', value: 'k-2' }] })
    await invoke(kit, { requestURL, requestType: 'POST', postBody })
    expect(answered(await invoke(kit, { requestURL, requestType: 'GET' }))).toMatchObject({
      statusMessage: { data: [{ name: 'install_key', value: 'k-2' }] },
    })
  })

  it('refuses a wrong hash, another context, a foreign address, an unknown parameter and a JSON body', async () => {
    const kit = new DeskKit({ manifest: () => manifestValue })
    const code = (answer: Answer): unknown => answer.body.errorCode
    expect(code(await invoke(kit, get, { requestType: 'POST' }))).toBe('UNAUTHORIZED')
    expect(code(await invoke(kit, get, { securityContext: 'x' }))).toBe('FORBIDDEN')
    expect(code(await invoke(kit, { ...get, requestURL: 'http://evil.example/' }))).toBe('INVALID_DATA')
    const requestURL = 'http://127.0.0.1:4302/api/v1/installedExtensions/1/configParams'
    expect(code(await invoke(kit, { requestURL, requestType: 'GET' }))).toBe('FORBIDDEN')
    const asJson = await kit.send(`/api/v1/invoke?orgId=${demoPortal.orgId}`, { method: 'POST', body: '{}' })
    expect(code(asJson)).toBe('UNSUPPORTED_MEDIA_TYPE')
    expect(code(await invoke(new DeskKit(), get))).toBe('UNAUTHORIZED')
  })
})

function asAgent(kit: DeskKit, method: string, path: string, body?: unknown): Promise<Answer> {
  return kit.send(`/__sandbox/desk/${path}`, {
    method,
    headers: { 'x-sandbox-agent': `${demoPortal.orgId}/${demoAgentIds.ana}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}
