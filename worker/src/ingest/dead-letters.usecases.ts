import type { DeadLetterList } from '../../../contract/index.ts'
import type { Actor } from '../audit/audit.repo.ts'
import type { Clock } from '../platform/clock.ts'
import { AppError } from '../platform/errors.ts'
import { objectNames } from '../platform/scope.ts'
import type { DeadLetterRow, DeadLettersRepo } from './dead-letters.repo.ts'
import type { PartInput } from './ingest.types.ts'

/** What an administrator sees of an event; more of it is no easier to read. */
const MAX_SHOWN = 4_000
const BLOB = 'blob:'

export type DeadLetterPorts = {
  orgId: string
  repo: DeadLettersRepo
  clock: Clock
  /** A text kept in R2, or its first characters; null where it is gone. */
  readBlob: (key: string, maxCharacters?: number) => Promise<string | null>
  putBlob: (key: string, text: string) => Promise<void>
  newBlobName: () => string
  appendToLane: (lane: string, part: PartInput) => Promise<void>
}

/** Events that could not be stored, newest first, with their reasons. `cursor` is what the page before gave. */
export async function listDeadLetters(
  ports: DeadLetterPorts,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<DeadLetterList> {
  const before = cursor !== undefined && /^\d{1,15}$/.test(cursor) ? Number(cursor) : null
  const rows = await ports.repo.list(before, limit + 1)
  const page = rows.slice(0, limit)
  return {
    items: await Promise.all(page.map((row) => show(ports, row))),
    cursor: rows.length > limit ? String(page.at(-1)?.id ?? 0) : null,
  }
}

/**
 * Tries a dead letter once more, through the lane of its number. It stops being one in the transaction that stores the event, so that
 * replaying it twice, or at the same moment as somebody else, does nothing twice. Throws `dead_letters.not_found`, and
 * `dead_letters.body_gone` where its text is not in R2 any more.
 */
export async function replayDeadLetter(ports: DeadLetterPorts, actor: Actor, id: number): Promise<void> {
  const letter = await ports.repo.find(id)
  if (letter === null) {
    throw new AppError({ code: 'dead_letters.not_found', status: 404, message: 'There is no such dead letter here.' })
  }
  const body = letter.body.startsWith(BLOB) ? await ports.readBlob(letter.body.slice(BLOB.length)) : letter.body
  if (body === null) {
    throw new AppError({ code: 'dead_letters.body_gone', status: 410, message: 'The text of this event is gone.' })
  }
  const lane = laneOf(letter)
  const blobKey = letter.body.startsWith(BLOB) ? `parts/${lane}/${ports.newBlobName()}` : null
  if (blobKey !== null) await ports.putBlob(blobKey, body)
  await ports.appendToLane(lane, {
    receivedAt: letter.receivedAt,
    appPath: '',
    // It was counted when it came.
    units: 0,
    body: blobKey === null ? body : null,
    blobKey,
    replayOf: { orgId: ports.orgId, letter: letter.id },
  })
  await ports.repo.tellReplay(letter, { at: ports.clock(), actor })
}

function laneOf({ phoneNumberId }: DeadLetterRow): string {
  return phoneNumberId.includes(':') ? phoneNumberId : objectNames.lane.number(phoneNumberId)
}

async function show(ports: DeadLetterPorts, letter: DeadLetterRow): Promise<DeadLetterList['items'][number]> {
  const text = letter.body.startsWith(BLOB)
    ? await ports.readBlob(letter.body.slice(BLOB.length), MAX_SHOWN)
    : letter.body
  return {
    id: letter.id,
    reason: letter.reason,
    body: (text ?? '').slice(0, MAX_SHOWN).toWellFormed(),
    receivedAt: new Date(letter.receivedAt).toISOString(),
    attempts: letter.attempts,
  }
}
