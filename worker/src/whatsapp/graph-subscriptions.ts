import { z } from 'zod'
import type { Result } from '../platform/errors.ts'
import { failed, ok } from '../platform/errors.ts'
import { call, parseJson } from '../platform/http.ts'
import type { GraphAccess, GraphError } from './graph-client.ts'
import { readError } from './graph-client.ts'

const TIMEOUT_MS = 15_000

const listSchema = z.object({
  data: z.array(z.object({ whatsapp_business_api_data: z.object({ id: z.coerce.string() }) })),
})
const doneSchema = z.object({ success: z.literal(true) })

const appsOf = (wabaId: string): string => `${wabaId}/subscribed_apps`

/** The ids of the apps that hear of an account's events: `GET /{WABA}/subscribed_apps`. */
export async function listSubscribedApps(access: GraphAccess, wabaId: string): Promise<Result<string[], GraphError>> {
  const answer = await ask(access, appsOf(wabaId), {}, listSchema)
  return answer.ok ? ok(answer.value.data.map((each) => each.whatsapp_business_api_data.id)) : answer
}

/** Where an account's webhooks are to go instead of the app's own address. */
export type Override = { callbackUrl: string; verifyToken: string }

/**
 * Subscribes the token's app to an account's events: `POST /{WABA}/subscribed_apps`. An override is a second call, since Meta refuses
 * it for an app that is not subscribed yet ("Webhooks override"). May be repeated.
 */
export async function subscribeApp(
  access: GraphAccess,
  wabaId: string,
  override: Override | null,
): Promise<Result<null, GraphError>> {
  const subscribed = await ask(access, appsOf(wabaId), { method: 'POST' }, doneSchema)
  if (!subscribed.ok) return subscribed
  if (override === null) return ok(null)
  const body = JSON.stringify({ override_callback_uri: override.callbackUrl, verify_token: override.verifyToken })
  return post(access, appsOf(wabaId), body)
}

/** Takes away the address that a number's own webhooks go to; the account's is then the one that counts. */
export function clearNumberOverride(access: GraphAccess, phoneNumberId: string): Promise<Result<null, GraphError>> {
  const body = JSON.stringify({ webhook_configuration: { override_callback_uri: '' } })
  return post(access, phoneNumberId, body)
}

async function post(access: GraphAccess, path: string, body: string): Promise<Result<null, GraphError>> {
  const answer = await ask(access, path, { method: 'POST', body }, doneSchema)
  return answer.ok ? ok(null) : answer
}

async function ask<Schema extends z.ZodType>(
  access: GraphAccess,
  path: string,
  init: { method?: string; body?: string },
  schema: Schema,
): Promise<Result<z.infer<Schema>, GraphError>> {
  const headers = {
    authorization: `Bearer ${access.token}`,
    ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const url = `${access.origin}/${access.version}/${path}`
  const answer = await call(url, { ...init, headers }, TIMEOUT_MS)
  if (!answer.ok) return failed({ code: null, status: 0, details: answer.error.reason, retryAfterMs: null })
  const { status, headers: answered, text } = answer.value
  const json = parseJson(text)
  if (status !== 200) return failed(readError(status, answered, json, access.token))
  const parsed = schema.safeParse(json)
  if (parsed.success) return ok(parsed.data)
  return failed({ code: null, status, details: 'Meta answered something that cannot be read.', retryAfterMs: null })
}
