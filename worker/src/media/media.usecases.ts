import type { Clock } from '../platform/clock.ts'
import type { Result } from '../platform/errors.ts'
import type { Logger } from '../platform/logger.ts'
import type { GraphError, MediaLocation } from '../whatsapp/graph-client.ts'
import { MAX_MEDIA_BYTES, nextFetchAt } from './media.model.ts'
import type { MediaRepo, MediaRow, StoredMedia } from './media.repo.ts'

export type FetchMediaPorts = {
  repo: MediaRepo
  clock: Clock
  logger: Logger
  random: () => number
  locate(row: MediaRow): Promise<Result<MediaLocation, GraphError>>
  /** Streams the bytes of a located file into our store. */
  copy(row: MediaRow, location: MediaLocation): Promise<Result<StoredMedia, { reason: string }>>
  wake(conversationId: string): Promise<void>
}

/**
 * Fetches the file of one message into our store. Safe to run more than once. A failure is tried again by the sweep until it is given
 * up; the message stays whatever happens. Resolves to what became of it.
 */
export async function fetchMedia(
  ports: FetchMediaPorts,
  messageSeq: number,
): Promise<'stored' | 'postponed' | 'failed' | 'nothing'> {
  const row = await ports.repo.find(messageSeq)
  if (row === null || row.state !== 'pending') return 'nothing'
  const location = await ports.locate(row)
  if (!location.ok) return giveUpOrPostpone(ports, row, describe(location.error), isGone(location.error))
  if ((location.value.size ?? 0) > MAX_MEDIA_BYTES) return giveUpOrPostpone(ports, row, 'too_large', true)
  const copied = await ports.copy(row, location.value)
  if (!copied.ok) return giveUpOrPostpone(ports, row, copied.error.reason, false)
  await ports.repo.markStored(row, copied.value, ports.clock())
  await ports.wake(row.conversation_id)
  return 'stored'
}

async function giveUpOrPostpone(
  ports: FetchMediaPorts,
  row: MediaRow,
  reason: string,
  isFinal: boolean,
): Promise<'postponed' | 'failed'> {
  const next = isFinal ? null : nextFetchAt(row.attempts, ports.clock(), ports.random())
  ports.logger.warn('media.not_fetched', { seq: row.message_seq, attempts: row.attempts + 1, isFinal: next === null })
  if (next !== null) {
    await ports.repo.postpone(row, reason, next)
    return 'postponed'
  }
  await ports.repo.markFailed(row, reason, ports.clock())
  await ports.wake(row.conversation_id)
  return 'failed'
}

/** Codes with which Graph says that there is no such media id, or that the file is too large for it. */
const GONE_CODES: ReadonlySet<number | null> = new Set([33, 100, 803, 131052])

function isGone({ status, code }: GraphError): boolean {
  return status === 404 || GONE_CODES.has(code)
}

function describe(error: GraphError): string {
  return error.code === null ? `http_${error.status}` : `meta_${error.code}`
}

export type RefetchPorts = {
  repo: Pick<MediaRepo, 'requeue'>
  clock: Clock
  enqueue(messageSeq: number): Promise<void>
}

/** A person asks for a file that could not be fetched. False when there is none that failed. */
export async function refetchMedia(ports: RefetchPorts, conversationId: string, messageSeq: number): Promise<boolean> {
  if (!(await ports.repo.requeue(messageSeq, conversationId, ports.clock()))) return false
  await ports.enqueue(messageSeq)
  return true
}
