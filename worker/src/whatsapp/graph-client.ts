import { z } from 'zod'
import type { Result } from '../platform/errors.ts'
import { failed, ok } from '../platform/errors.ts'
import { call, parseJson } from '../platform/http.ts'
import { withoutSecrets } from './without-secrets.ts'

/** Where and as whom Graph is called: one number's token, one API version. */
export type GraphAccess = { origin: string; version: string; token: string }

/** Meta's error of a call, as far as it could be read. `code` is null where the answer held none. */
export type GraphError = { code: number | null; status: number; details: string; retryAfterMs: number | null }

/**
 * What became of a send.
 * `accepted`: Meta has it. `refused`: Meta said no, nothing was sent. `not_sent`: no byte reached Meta. `lost`: unknown.
 */
export type SendOutcome =
  | { kind: 'accepted'; wamid: string; waId: string | null; userId: string | null }
  | { kind: 'refused'; error: GraphError }
  | { kind: 'not_sent'; reason: string }
  | { kind: 'lost'; reason: string }

type Envelope = {
  to: { phone: string } | { userId: string }
  callbackData: string
  /** The wamid this message answers. */
  contextWamid?: string
}

/** A template and what fills its body's variables, in order; `name` is null where they are numbered. */
export type FilledTemplate = {
  name: string
  language: string
  parameters: readonly { name: string | null; text: string }[]
}

export type MessagePayload = Envelope & ({ text: string } | { template: FilledTemplate })

export type MediaLocation = { url: string; mimeType: string | null; size: number | null; sha256: string | null }

const SEND_TIMEOUT_MS = 20_000
const READ_TIMEOUT_MS = 10_000

const sentSchema = z.object({
  contacts: z.array(z.object({ wa_id: z.string().optional(), user_id: z.string().optional() })).optional(),
  messages: z.array(z.object({ id: z.string().min(1) })).min(1),
})

const errorSchema = z.object({
  error: z.object({
    code: z.number().optional(),
    message: z.string().optional(),
    error_data: z.object({ details: z.string().optional() }).optional(),
  }),
})

const mediaSchema = z.object({
  url: z.string(),
  mime_type: z.string().optional(),
  // Meta's own samples give the size as a string; the prose gives a number.
  file_size: z.union([z.string(), z.number()]).optional(),
  sha256: z.string().optional(),
})

/** Sends a message by `POST /{phone-number-id}/messages` (Cloud API, "Send messages"). Never throws for an answer of Meta's. */
export async function sendMessage(
  access: GraphAccess,
  phoneNumberId: string,
  payload: MessagePayload,
): Promise<SendOutcome> {
  return postMessage(access, phoneNumberId, {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...('phone' in payload.to ? { to: payload.to.phone } : { recipient: payload.to.userId }),
    ...('text' in payload
      ? { type: 'text', text: { body: payload.text, preview_url: false } }
      : { type: 'template', template: templateObject(payload.template) }),
    ...(payload.contextWamid === undefined ? {} : { context: { message_id: payload.contextWamid } }),
    biz_opaque_callback_data: payload.callbackData,
  })
}

function templateObject({ name, language, parameters }: FilledTemplate): object {
  const filled = parameters.map((parameter) => ({
    type: 'text',
    ...(parameter.name === null ? {} : { parameter_name: parameter.name }),
    text: parameter.text,
  }))
  const components = filled.length === 0 ? {} : { components: [{ type: 'body', parameters: filled }] }
  return { name, language: { code: language }, ...components }
}

async function postMessage(access: GraphAccess, phoneNumberId: string, body: object): Promise<SendOutcome> {
  const answer = await call(
    `${access.origin}/${access.version}/${phoneNumberId}/messages`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${access.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
    SEND_TIMEOUT_MS,
  )
  if (!answer.ok) {
    return answer.error.kind === 'refused'
      ? { kind: 'not_sent', reason: answer.error.reason }
      : { kind: 'lost', reason: answer.error.reason }
  }
  const { status, headers, text } = answer.value
  const json = parseJson(text)
  if (status === 200) {
    const sent = sentSchema.safeParse(json)
    // A 200 whose body cannot be read may well have been sent: the status webhook will tell.
    if (!sent.success) return { kind: 'lost', reason: 'Meta answered 200 without a message id.' }
    const contact = sent.data.contacts?.[0]
    const [message] = sent.data.messages
    if (message === undefined) return { kind: 'lost', reason: 'Meta answered 200 without a message id.' }
    return { kind: 'accepted', wamid: message.id, waId: contact?.wa_id ?? null, userId: contact?.user_id ?? null }
  }
  const error = readError(status, headers, json, access.token)
  // A gateway's own 5xx carries no Graph error: whether Meta sees the message is unknown.
  if (status >= 500 && error.code === null) return { kind: 'lost', reason: `HTTP ${status}` }
  return { kind: 'refused', error }
}

/** Where the bytes of a media id are: a URL that lives five minutes (Cloud API, "Media"). */
export async function locateMedia(
  access: GraphAccess,
  mediaId: string,
  phoneNumberId: string,
): Promise<Result<MediaLocation, GraphError>> {
  const url = `${access.origin}/${access.version}/${encodeURIComponent(mediaId)}?phone_number_id=${phoneNumberId}`
  const answer = await call(url, { headers: { authorization: `Bearer ${access.token}` } }, READ_TIMEOUT_MS)
  if (!answer.ok) return failed({ code: null, status: 0, details: answer.error.reason, retryAfterMs: null })
  const json = parseJson(answer.value.text)
  if (answer.value.status !== 200)
    return failed(readError(answer.value.status, answer.value.headers, json, access.token))
  const media = mediaSchema.safeParse(json)
  if (!media.success)
    return failed({ code: null, status: 200, details: 'Meta answered without a media URL.', retryAfterMs: null })
  const size = Number(media.data.file_size)
  return ok({
    url: media.data.url,
    mimeType: media.data.mime_type ?? null,
    size: Number.isFinite(size) ? size : null,
    sha256: media.data.sha256 ?? null,
  })
}

/** Meta's error of an answer, as far as it can be read; without the token, should Meta quote it. */
export function readError(status: number, headers: Headers, json: unknown, token: string): GraphError {
  const parsed = errorSchema.safeParse(json)
  const retryAfter = Number(headers.get('retry-after'))
  return {
    status,
    code: parsed.success ? (parsed.data.error.code ?? null) : null,
    details: parsed.success
      ? withoutSecrets(parsed.data.error.error_data?.details ?? parsed.data.error.message ?? '', [token])
      : `Meta answered HTTP ${status} without an error that can be read.`,
    retryAfterMs: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter * 1_000 : null,
  }
}
