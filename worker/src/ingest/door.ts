import { syncClock, systemClock } from '../platform/clock.ts'
import { isSameText } from '../platform/crypto.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { logger } from '../platform/logger.ts'
import { isSignedByMeta } from '../whatsapp/signature.ts'
import type { PathSecrets } from './meta-apps.ts'
import { findSecrets } from './meta-apps.ts'
import type { Refused } from './refusals.ts'
import { countRefusal } from './refusals.ts'
import type { LanePart } from './split.ts'
import { splitBody } from './split.ts'
import { MAX_BODY_BYTES, readBytes } from './webhook-request.ts'

/** Parts larger than this lie in R2, with their key in the lane. */
const MAX_ROW_BYTES = 1_024 * 1_024

type Context = Pick<ExecutionContext, 'waitUntil'>

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })

/**
 * A webhook of Meta's. GET is the handshake: the challenge for the right verify token, else 401. POST checks the signature over the
 * raw bytes, finds the lanes and stores; 200 only once every part is stored, else 503, and Meta comes again. 401 for a bad
 * signature, 413 for a body over 4 MB, which is not read. `appPath` names the app of a customer's own; '' is ours.
 */
export async function handleWebhook(request: Request, env: Env, ctx: Context, appPath = ''): Promise<Response> {
  const refuse = (status: number, reason: Refused): Response => {
    countRefusal(env, ctx, reason)
    return new Response(null, { status })
  }
  const secrets = await secretsOf(env, appPath)
  if (secrets === 'not_configured') return refuse(401, 'not_configured')
  if (secrets === null) return refuse(401, 'unknown_path')
  if (request.method === 'GET') {
    return (await shakeHands(request, secrets)) ?? refuse(401, 'bad_verify_token')
  }
  const bytes = await readBytes(request, MAX_BODY_BYTES)
  if (bytes === null) return refuse(413, 'too_large')
  const signature = request.headers.get('x-hub-signature-256')
  if (!(await isSignedByMeta(bytes, signature, secrets.appSecrets))) return refuse(401, 'bad_signature')
  return (await store(env, bytes, appPath)) ? new Response(null) : new Response(null, { status: 503 })
}

/** A Worker that lacks any of its secrets accepts nothing. */
async function secretsOf(env: Env, appPath: string): Promise<PathSecrets | null | 'not_configured'> {
  try {
    return await findSecrets(env, appPath)
  } catch (error) {
    logger.error('door.no_secrets', error)
    return 'not_configured'
  }
}

async function shakeHands(request: Request, { verifyToken }: PathSecrets): Promise<Response | null> {
  const query = new URL(request.url).searchParams
  const challenge = query.get('hub.challenge')
  if (query.get('hub.mode') !== 'subscribe' || challenge === null) return null
  if (!(await isSameText(query.get('hub.verify_token') ?? '', verifyToken))) return null
  return new Response(challenge, {
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' },
  })
}

/** Whether every part is stored. Meta comes again where one is not; those that were are duplicates then. */
async function store(env: Env, bytes: ArrayBuffer | Uint8Array, appPath: string): Promise<boolean> {
  const clockUrl = readConfig(env).CLOCK_URL
  if (clockUrl !== undefined) await syncClock(clockUrl)
  const parts = splitBody(decoder.decode(bytes))
  const receivedAt = systemClock()
  const outcomes = await Promise.allSettled(parts.map((part) => append(env, part, appPath, receivedAt)))
  for (const outcome of outcomes) if (outcome.status === 'rejected') logger.error('door.not_stored', outcome.reason)
  return outcomes.every(({ status }) => status === 'fulfilled')
}

async function append(env: Env, { lane, units, text }: LanePart, appPath: string, receivedAt: number): Promise<void> {
  const part = { receivedAt, appPath, units, replayOf: null }
  const stub = env.LANE.getByName(lane)
  if (isSmall(text)) {
    await stub.append({ ...part, body: text, blobKey: null })
    return
  }
  const blobKey = `parts/${lane}/${crypto.randomUUID()}`
  await env.BLOBS.put(blobKey, text)
  await stub.append({ ...part, body: null, blobKey })
}

/** A UTF-16 unit is at most three bytes of UTF-8, so that most texts need not be counted. */
function isSmall(text: string): boolean {
  return text.length * 3 <= MAX_ROW_BYTES || encoder.encode(text).byteLength <= MAX_ROW_BYTES
}

const DELIVERY = /^https?:\/\/[^/]+\/webhooks\/whatsapp(?:\/([\w-]{1,200}))?\/?(?:\?|$)/

/** The app path of a delivery, '' for our own app; null for every other request. */
export function deliveryPath(request: Request): string | null {
  if (request.method !== 'POST') return null
  const match = DELIVERY.exec(request.url)
  return match === null ? null : (match[1] ?? '')
}
