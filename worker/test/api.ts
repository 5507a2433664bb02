import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { createApp } from '../src/app.ts'
import type { AppPorts, AppType } from '../src/app.ts'
import type { DeskAgent } from '../src/desk/desk.types.ts'
import type { Env } from '../src/platform/env.ts'
import { readConfig } from '../src/platform/env.ts'
import { failed, ok } from '../src/platform/errors.ts'
import type { OrgScope } from '../src/platform/scope.ts'
import type { AgentSession } from '../src/platform/session.ts'
import { issueSessionToken } from '../src/sessions/session.token.ts'

/** Agents that the fake Desk knows, by portal and id. */
export type FakeAgents = Record<string, DeskAgent[]>

/** The app over the real bindings, with a Desk that knows only the given agents. */
export function testApp(agents: FakeAgents = {}, ports: Partial<AppPorts> = {}): AppType {
  return createApp({
    deskOf: (_, scope) => ({
      getAgent: async (id) => {
        const agent = agents[scope.portalId]?.find((known) => known.id === id)
        return agent === undefined ? failed({ kind: 'gone' }) : ok(agent)
      },
    }),
    ...ports,
  })
}

export type TestCall = {
  method?: string
  path: string
  token?: string | null | undefined
  headers?: Record<string, string>
  body?: unknown
}

/** Calls the app. A body that is no text is sent as JSON. */
export function callApp(app: AppType, call: TestCall, bindings: Env = env): Promise<Response> {
  const { method = 'GET', path, token, headers = {}, body } = call
  const init: RequestInit = { method, headers: { ...headers } }
  if (token !== undefined && token !== null) Object.assign(init.headers ?? {}, { Authorization: `Bearer ${token}` })
  if (body !== undefined) {
    init.body = typeof body === 'string' ? body : JSON.stringify(body)
    init.headers = { 'Content-Type': 'application/json', ...init.headers }
  }
  return Promise.resolve(app.fetch(new Request(`https://kaiwa.test${path}`, init), bindings, createExecutionContext()))
}

/** A token as a session of the organisation has it, unless told otherwise. */
export async function tokenOf(
  scope: OrgScope,
  who: Partial<AgentSession> & { now?: number; key?: string } = {},
): Promise<string> {
  const { now = Date.now(), key = readConfig(env).SESSION_KEY, ...session } = who
  const { token } = await issueSessionToken(
    key,
    {
      orgId: scope.orgId,
      shard: scope.shard,
      epoch: scope.epoch,
      agentId: '1800000000601',
      name: 'Ken Mori',
      role: 'agent',
      isProof: false,
      departments: ['100'],
      ...session,
    },
    () => now,
  )
  return token
}
