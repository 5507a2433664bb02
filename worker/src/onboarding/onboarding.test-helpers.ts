import { env } from 'cloudflare:workers'
import type { NumberView } from '../../../contract/index.ts'
import { errorBodySchema, numberViewSchema, setupFailureSchema } from '../../../contract/index.ts'
import type { AppType } from '../app.ts'
import { callApp, tokenOf } from '../../test/api.ts'
import { seedOrganisation } from '../../test/seed.ts'
import type { OrgScope } from '../platform/scope.ts'
import { connectAccount } from './connect-account.usecases.ts'
import { createOnboardingDeps } from './onboarding.ports.ts'
import type { FakeGraph } from './graph.test-helpers.ts'

let organisations = 0

/** An organisation of its own for each test. */
export function someOrganisation(): Promise<OrgScope> {
  organisations += 1
  const id = String(organisations).padStart(4, '0')
  return seedOrganisation({ orgId: `org_${'s'.repeat(16)}${id}`, portalId: `65${id}` })
}

export function proofOf(scope: OrgScope): Promise<string> {
  const who = { agentId: '1800000000600', name: 'Ana Ito' }
  return tokenOf(scope, { role: 'admin', departments: [], isProof: true, ...who })
}

/** An account at the imitated Graph, connected for the organisation. */
export async function connected(graph: FakeGraph, scope: OrgScope, wabaId: string, more = {}): Promise<void> {
  if (!graph.accounts.has(wabaId)) graph.addAccount(wabaId)
  graph.grant(`token-${wabaId}`, [wabaId], { wabaIds: [wabaId] })
  await connectAccount(createOnboardingDeps(env, scope), {
    wabaId,
    token: `token-${wabaId}`,
    tokenExpiresAt: null,
    tokenScopes: [],
    how: 'embedded',
    appPath: '',
    phoneNumberId: null,
    isCoexistence: false,
    actor: { kind: 'administrator', id: '1800000000600', name: 'Ana Ito' },
    ...more,
  })
}

/** What a call of setting up came to: the number, or the code of its refusal with Meta's failure. */
export type Outcome = { status: number; number: NumberView | null; code: string | null; failure: string | null }

export async function outcomeOf(response: Response): Promise<Outcome> {
  const text = await response.text()
  const body: unknown = text === '' ? null : JSON.parse(text)
  const refused = errorBodySchema.safeParse(body).data?.error
  return {
    status: response.status,
    number: numberViewSchema.safeParse(body).data ?? null,
    code: refused?.code ?? null,
    failure: setupFailureSchema.safeParse(refused?.details).data?.key ?? null,
  }
}

/** Calls one step of setting up as an administrator. */
export async function step(
  app: AppType,
  token: string,
  path: string,
  body?: unknown,
  method = 'POST',
): Promise<Outcome> {
  return outcomeOf(await callApp(app, { method, path, token, ...(body === undefined ? {} : { body }) }))
}
