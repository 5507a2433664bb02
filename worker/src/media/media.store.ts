import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import type { Result } from '../platform/errors.ts'
import { failed, ok } from '../platform/errors.ts'
import type { OrgScope } from '../platform/scope.ts'
import type { MediaLocation } from '../whatsapp/graph-client.ts'
import { isMediaHost, MAX_MEDIA_BYTES } from './media.model.ts'
import type { MediaRow, StoredMedia } from './media.repo.ts'

const FETCH_TIMEOUT_MS = 120_000

/** Where a message's file lies in R2. */
export function mediaKey(orgId: string, messageSeq: number): string {
  return `media/${orgId}/${messageSeq}`
}

/** Streams a located file from Meta into R2, never holding it whole. The token goes to Meta's media hosts only. */
export async function copyMedia(
  env: Env,
  scope: OrgScope,
  token: string,
  row: MediaRow,
  location: MediaLocation,
): Promise<Result<StoredMedia, { reason: string }>> {
  if (!isMediaHost(location.url, readConfig(env).PLATFORM_ORIGINS?.graph)) return failed({ reason: 'foreign_host' })
  try {
    const response = await fetch(location.url, {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
    })
    if (!response.ok || response.body === null) return failed({ reason: `http_${response.status}` })
    const key = mediaKey(scope.orgId, row.message_seq)
    const mimeType = location.mimeType ?? row.mime_type
    const size = await put(env.BLOBS, key, response, mimeType)
    if (size > MAX_MEDIA_BYTES) {
      await env.BLOBS.delete(key)
      return failed({ reason: 'too_large' })
    }
    return ok({ r2Key: key, size, mimeType, sha256: location.sha256 ?? row.sha256 })
  } catch (error) {
    return failed({ reason: error instanceof Error ? error.name : 'unknown' })
  }
}

/** R2 wants the length of a stream beforehand; a file that comes without one is small enough to hold. */
async function put(bucket: R2Bucket, key: string, response: Response, mimeType: string | null): Promise<number> {
  const options = mimeType === null ? {} : { httpMetadata: { contentType: mimeType } }
  const length = Number(response.headers.get('content-length'))
  if (response.body !== null && length > 0) {
    const object = await bucket.put(key, response.body.pipeThrough(new FixedLengthStream(length)), options)
    return object.size
  }
  const object = await bucket.put(key, await response.arrayBuffer(), options)
  return object.size
}
