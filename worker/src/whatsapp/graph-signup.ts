import { z } from 'zod'
import { hmacHex } from '../platform/crypto.ts'
import { ok } from '../platform/errors.ts'
import type { GraphAnswer } from './graph-request.ts'
import { askGraph } from './graph-request.ts'

/** A Meta app: who exchanges codes and asks what a token is. */
export type GraphApp = { origin: string; version: string; appId: string; appSecret: string }

/** What Meta says of a token. `expiresAt` is null for one that never ends. */
export type TokenFacts = {
  appId: string
  isValid: boolean
  expiresAt: number | null
  scopes: string[]
  /** Accounts the person chose, newest first; null where Meta does not say. */
  wabaIds: string[] | null
}

const tokenSchema = z.object({ access_token: z.string().min(1) })

const debugSchema = z.object({
  data: z.object({
    app_id: z.coerce.string().optional(),
    is_valid: z.boolean().optional(),
    expires_at: z.number().optional(),
    scopes: z.array(z.string()).optional(),
    granular_scopes: z
      .array(z.object({ scope: z.string(), target_ids: z.array(z.coerce.string()).optional() }))
      .optional(),
  }),
})

const MANAGEMENT = 'whatsapp_business_management'

/** The app itself as a caller (`id|secret`). */
function asApp(app: GraphApp): { origin: string; version: string; token: string } {
  return { origin: app.origin, version: app.version, token: `${app.appId}|${app.appSecret}` }
}

/**
 * Exchanges the code of Embedded Signup for the customer's token (`GET /oauth/access_token`). A code lives 30 s and is worth something
 * once.
 */
export async function exchangeCode(app: GraphApp, code: string): Promise<GraphAnswer<string>> {
  const query = { client_id: app.appId, client_secret: app.appSecret, code }
  const answer = await askGraph(asApp(app), { path: 'oauth/access_token', query }, tokenSchema)
  return answer.ok ? ok(answer.value.access_token) : answer
}

/** What a token is, asked as the app (`GET /debug_token`): a wrong app secret is refused here. */
export async function debugToken(app: GraphApp, token: string): Promise<GraphAnswer<TokenFacts>> {
  const answer = await askGraph(asApp(app), { path: 'debug_token', query: { input_token: token } }, debugSchema)
  if (!answer.ok) return answer
  const {
    app_id: appId,
    is_valid: isValid,
    expires_at: expiresAt = 0,
    scopes = [],
    granular_scopes,
  } = answer.value.data
  const targets = granular_scopes?.find(({ scope }) => scope === MANAGEMENT)?.target_ids
  return ok({
    appId: appId ?? '',
    isValid: isValid ?? true,
    expiresAt: expiresAt === 0 ? null : expiresAt * 1_000,
    scopes,
    wabaIds: targets ?? null,
  })
}

/** Where the app's webhooks go unless an account says otherwise; null where it has no address. */
export async function readDefaultCallback(app: GraphApp): Promise<GraphAnswer<string | null>> {
  const schema = z.object({ data: z.array(z.object({ object: z.string(), callback_url: z.string().optional() })) })
  const answer = await askGraph(asApp(app), { path: `${app.appId}/subscriptions` }, schema)
  if (!answer.ok) return answer
  return ok(answer.value.data.find(({ object }) => object === 'whatsapp_business_account')?.callback_url ?? null)
}

/**
 * The token of a customer who came by hosted signup, which gives no code ("Hosted Embedded Signup"): asked of their business with our
 * system user's token.
 */
export async function fetchCustomerToken(
  app: GraphApp,
  systemToken: string,
  businessId: string,
): Promise<GraphAnswer<string>> {
  const body = { appsecret_proof: await hmacHex(app.appSecret, systemToken), fetch_only: true }
  const access = { origin: app.origin, version: app.version, token: systemToken }
  const path = `${businessId}/system_user_access_tokens`
  const answer = await askGraph(access, { method: 'POST', path, body }, tokenSchema)
  return answer.ok ? ok(answer.value.access_token) : answer
}
