import { z } from 'zod'
import { hmacHex } from '../platform/crypto.ts'
import type { Fetcher } from '../platform/http.ts'
import { call, parseJson } from '../platform/http.ts'

/** An installation of the extension, and the secret its manifest shares with us. */
export type Installation = { deskOrigin: string; portalId: string; securityContext: string; secret: string }

const TIMEOUT_MS = 15_000

/** `{"response": "<JSON>"}`, whose JSON says whether the call behind it worked. */
const outerSchema = z.looseObject({ response: z.string() })
const innerSchema = z.looseObject({
  status: z.union([z.string(), z.boolean()]).optional(),
  statusCode: z.coerce.number().optional(),
})

/**
 * Sets one of the extension's parameters in the name of an installation (Desk's Invoke API). HASH is taken over the raw fields in
 * their fixed order, `securityContext` not among them. False where Desk did not confirm it.
 */
export async function setConfigParam(
  { deskOrigin, portalId, securityContext, secret }: Installation,
  param: { name: string; value: string },
  fetcher?: Fetcher,
): Promise<boolean> {
  const fields = {
    requestURL: `${deskOrigin}/api/v1/installedExtensions/{{installationId}}/configParams`,
    requestType: 'POST',
    postBody: JSON.stringify({ variables: [param] }),
  }
  const signed = Object.entries(fields).map(([name, value]) => `${name}=${value}`)
  const headers = { HASH: await hmacHex(secret, signed.join('&')) }
  const body = new URLSearchParams({ securityContext, ...fields })
  const url = `${deskOrigin}/api/v1/invoke?orgId=${encodeURIComponent(portalId)}`
  const sent = await call(url, { method: 'POST', headers, body }, TIMEOUT_MS, fetcher)
  if (!sent.ok || sent.value.status !== 200) return false
  const outer = outerSchema.safeParse(parseJson(sent.value.text))
  const inner = innerSchema.safeParse(outer.success ? parseJson(outer.data.response) : undefined)
  if (!inner.success) return false
  const { status, statusCode } = inner.data
  return status !== 'false' && status !== false && (statusCode === undefined || statusCode < 300)
}
