import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { errorBodySchema, liveTicketSchema } from '../../contract/index.ts'
import { callApp, testApp, tokenOf } from '../test/api.ts'
import type { TestCall } from '../test/api.ts'
import { seedContact, seedConversation, seedNumber, seedOrganisation } from '../test/seed.ts'
import type { OrgScope } from './platform/scope.ts'
import { listDeclarations } from './platform/router.ts'
import { VERSION } from './platform/version.ts'

const cv = 'cv_aaaaaaaaaaaaaaaaaaaa'
const installKey = 'a'.repeat(40)
const app = testApp()

let scope: OrgScope
let token: string

beforeAll(async () => {
  scope = await seedOrganisation({ orgId: 'org_aaaaaaaaaaaaaaaaaaaa', portalId: '60000001', installKey })
  await seedNumber(scope, { phoneNumberId: '800100', departmentId: '100' })
  await seedContact(scope, { id: 'ct_aaaaaaaaaaaaaaaaaaaa', name: 'Sakura' })
  const ids = { contactId: 'ct_aaaaaaaaaaaaaaaaaaaa', phoneNumberId: '800100', departmentId: '100' }
  await seedConversation(scope, { id: cv, ...ids })
  token = await tokenOf(scope)
})

afterEach(() => {
  vi.restoreAllMocks()
})

async function failureOf(call: TestCall, bindings = env) {
  const response = await callApp(app, { token, ...call }, bindings)
  const { error } = errorBodySchema.parse(await response.json())
  return { response, status: response.status, code: error.code, error }
}

describe('the description', () => {
  const documentSchema = z.object({
    openapi: z.string(),
    servers: z.array(z.object({ url: z.string() })),
    components: z.object({ securitySchemes: z.record(z.string(), z.unknown()) }),
    paths: z.record(
      z.string(),
      z.record(
        z.string(),
        z.object({
          summary: z.string(),
          responses: z.record(z.string(), z.object({ description: z.string() })),
          security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
        }),
      ),
    ),
  })
  const read = async () => documentSchema.parse(await (await callApp(app, { path: '/openapi.json' })).json())

  it('names every route that answers and no other', async () => {
    const { paths, servers } = await read()
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    )
    const registered = app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`)
    expect(described.toSorted()).toEqual([...new Set(registered)].toSorted())
    expect(servers).toEqual([{ url: 'https://kaiwa.test' }])
  })

  it('says how to be let in and how each route refuses', async () => {
    const { paths, components } = await read()
    for (const { method, path, access } of listDeclarations()) {
      const operation = paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
      if (operation === undefined) continue
      const schemes = (operation.security ?? []).flatMap((item) => Object.keys(item))
      const isOpen = ['public', 'signed_url', 'socket_ticket'].includes(access)
      expect({ path, schemes: schemes.length }).toEqual({ path, schemes: isOpen ? 0 : 1 })
      for (const scheme of schemes) expect(Object.keys(components.securitySchemes)).toContain(scheme)
      if (access !== 'public') expect(Object.keys(operation.responses)).toContain('401')
      expect(Object.keys(operation.responses)).toContain('500')
    }
  })

  it('is made from the schemas the routes check with', async () => {
    const text = await (await callApp(app, { path: '/openapi.json' })).text()
    for (const word of ['ErrorBody', 'ConversationList', 'MessagePage', 'requestId', 'closesAt', 'clientId']) {
      expect(text).toContain(word)
    }
  })
})

describe('what cannot be read', () => {
  const send = `/api/conversations/${cv}/messages`
  const body = { clientId: 'client-0001', kind: 'text', text: 'Hello' }
  const post = (sent: unknown, headers = {}) => failureOf({ method: 'POST', path: send, body: sent, headers })

  it.each([
    ['malformed JSON', '{"clientId":', {}, 400, 'request.malformed'],
    ['no body', '', {}, 400, 'request.malformed'],
    ['another content type', JSON.stringify(body), { 'Content-Type': 'text/plain' }, 415, 'request.content_type'],
    ['a form', 'a=b', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415, 'request.content_type'],
    ['JSON nested deeper than a stack', '['.repeat(30_000) + ']'.repeat(30_000), {}, 422, 'request.invalid'],
    ['JSON nested and cut off', '[{"a":'.repeat(10_000), {}, 400, 'request.malformed'],
    ['a body over the limit', JSON.stringify({ ...body, text: 'x'.repeat(70_000) }), {}, 413, 'request.too_large'],
    ['an unknown field', { ...body, admin: true }, {}, 422, 'request.invalid'],
    ['a field of another type', { ...body, text: { $ne: null } }, {}, 422, 'request.invalid'],
    [
      'a prototype',
      `{"__proto__":{"role":"admin"},"clientId":"client-0001","kind":"text"}`,
      {},
      422,
      'request.invalid',
    ],
    ['null', 'null', {}, 422, 'request.invalid'],
  ])('%s is refused in one shape', async (_, sent, headers, status, code) => {
    expect(await post(sent, headers)).toMatchObject({ status, code })
  })

  it('is refused before it is read where its length is not told', async () => {
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(16_384)) })
    const request = new Request(`https://kaiwa.test${send}`, {
      method: 'POST',
      body: endless,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    })
    expect((await app.fetch(request, env)).status).toBe(413)
  })

  it('is told field by field, with what is accepted and without what was sent', async () => {
    const { error } = await failureOf({ path: '/api/conversations?limit=201&cursor=secret-cursor' })
    expect(error).toMatchObject({
      code: 'request.invalid',
      details: { in: 'query', issues: [{ field: 'limit', problem: 'too large', accepted: 'at most 200' }] },
    })
    const sent = await post({ clientId: 'short', kind: 'image', text: 'secret text' })
    expect(sent.error.details).toMatchObject({
      issues: [
        { field: 'clientId', accepted: 'at least 8 characters' },
        { field: 'kind', accepted: '"text"' },
      ],
    })
    expect(JSON.stringify(sent.error)).not.toContain('secret')
  })

  it.each([
    ['/api/conversations?limit=0', 400],
    ['/api/conversations?limit=ten', 400],
    ['/api/conversations?limit=1&limit=2', 400],
    ['/api/conversations?cursor=x', 400],
    [`/api/conversations/${cv}/messages?before=x`, 400],
    [`/api/conversations/${cv}/messages?before=x&after=y`, 400],
    [`/api/conversations/${cv}/changes`, 400],
    [`/api/conversations/${cv}/changes?after=-1`, 400],
    ['/api/conversations/1%20OR%201', 404],
    ['/api/conversations/..%2f..%2fhealthz', 404],
    ['/api/tickets/abc/conversation', 404],
    [`/api/conversations?query=${'x'.repeat(201)}`, 400],
  ])('%s is %i', async (path, status) => {
    expect((await failureOf({ path })).status).toBe(status)
  })
})

describe('every answer', () => {
  it('carries its request id, and may be read by any origin without credentials', async () => {
    const { response, error } = await failureOf({
      path: '/api/conversations/nothing',
      headers: { Origin: 'https://x.test' },
    })
    expect(response.headers.get('X-Request-Id')).toBe(error.requestId)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(response.headers.get('Access-Control-Allow-Credentials')).toBeNull()
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
    const large = await callApp(app, { method: 'POST', path: '/api/session', body: 'x'.repeat(70_000) })
    expect(large.headers.get('Access-Control-Allow-Origin')).toBe('*')
  })

  it('to a preflight lets the token through', async () => {
    const headers = {
      Origin: 'https://x.test',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization',
    }
    const response = await callApp(app, { method: 'OPTIONS', path: '/api/conversations', headers })
    expect(response.status).toBe(204)
    expect(response.headers.get('Access-Control-Allow-Headers')).toContain('Authorization')
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
  })

  it('about an unknown failure says nothing of it, and the log says no content', async () => {
    const lines: string[] = []
    vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line))
    vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
    const broken = {
      ...env,
      API_LIMIT: { limit: () => Promise.reject(new Error('no such column: secret, +447700900123')) },
    }
    const { status, error } = await failureOf({ path: '/api/conversations?query=Sakura' }, broken)
    expect({ status, code: error.code }).toEqual({ status: 500, code: 'internal' })
    expect(JSON.stringify(error)).not.toContain('column')
    expect(lines.some((line) => line.includes('http.failed') && line.includes(error.requestId))).toBe(true)
    for (const word of ['Sakura', '447700900123', token]) expect(lines.join('\n')).not.toContain(word)
  })
})

describe('too many requests', () => {
  it('are refused with the time to wait, each agent for themselves', async () => {
    const asked: string[] = []
    const full = {
      ...env,
      API_LIMIT: {
        limit: async ({ key }: { key: string }) => {
          asked.push(key)
          return { success: false }
        },
      },
    }
    const { response, code } = await failureOf({ path: '/api/conversations' }, full)
    expect({ status: response.status, code, wait: response.headers.get('Retry-After') }).toEqual({
      status: 429,
      code: 'rate_limited',
      wait: '10',
    })
    expect(asked).toEqual([`${scope.orgId}:1800000000601`])
    expect((await failureOf({ path: '/api/conversations', token: null }, full)).status).toBe(401)
  })

  it('for sessions count by install key and agent', async () => {
    const asked: string[] = []
    const full = {
      ...env,
      SESSION_LIMIT: {
        limit: async ({ key }: { key: string }) => {
          asked.push(key)
          return { success: false }
        },
      },
    }
    const body = { portalId: '60000001', userId: '1800000000601' }
    const { response, code } = await failureOf({ method: 'POST', path: '/api/session', token: installKey, body }, full)
    expect({ status: response.status, code, wait: response.headers.get('Retry-After') }).toEqual({
      status: 429,
      code: 'rate_limited',
      wait: '60',
    })
    expect(asked[0]).toMatch(/^[0-9a-f]{64}:1800000000601$/)
    expect(asked[0]).not.toContain(installKey)
  })

  it('are counted by the binding that is deployed', async () => {
    const answers: boolean[] = []
    // Two windows' worth and one: wherever the window turns, one of them overflows.
    for (let count = 0; count < 241; count += 1) answers.push((await env.SESSION_LIMIT.limit({ key: 'test' })).success)
    expect(answers[0]).toBe(true)
    expect(answers).toContain(false)
    expect(await env.SESSION_LIMIT.limit({ key: 'another' })).toEqual({ success: true })
  })
})

it('hands a socket on as the conversation gave it, once per ticket', async () => {
  const asked = await callApp(app, { method: 'POST', path: `/api/conversations/${cv}/live-ticket`, token })
  const { url } = liveTicketSchema.parse(await asked.json())
  const { pathname, search } = new URL(url)
  const open = () =>
    callApp(app, { path: `${pathname}${search}`, headers: { Upgrade: 'websocket', Origin: 'https://x.test' } })
  const answer = await open()
  expect(answer.status).toBe(101)
  const socket = answer.webSocket
  const heard = new Promise<unknown>((resolve) => socket?.addEventListener('message', ({ data }) => resolve(data)))
  socket?.accept()
  expect(await heard).toContain('"type":"hello"')
  socket?.close()
  expect((await open()).status).toBe(401)
})

it('tells whether every database answers', async () => {
  const healthy = await callApp(app, { path: '/healthz' })
  expect(healthy.status).toBe(200)
  expect(await healthy.json()).toEqual({ ok: true, version: VERSION, unreachable: [] })
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const silent = { prepare: () => ({ raw: () => Promise.reject(new Error('away')) }) }
  const sick = await callApp(app, { path: '/healthz' }, { ...env, SHARD_1: silent as unknown as D1Database })
  expect(sick.status).toBe(503)
  expect(await sick.json()).toMatchObject({ ok: false, unreachable: ['SHARD_1'] })
})

it('runs the cron when the sandbox ticks', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ offsetMs: 0 }))
  const sandbox = testApp({}, { runCron: async () => [{ name: 'media', ok: true, figures: { queued: 2 } }] })
  const response = await callApp(
    sandbox,
    { method: 'POST', path: '/__tick' },
    { ...env, CLOCK_URL: 'http://clock.test/' },
  )
  vi.unstubAllGlobals()
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ sweeps: [{ name: 'media', ok: true, figures: { queued: 2 } }] })
})
