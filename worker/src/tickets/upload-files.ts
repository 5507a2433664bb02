import type { DeskFailure } from '../desk/desk.types.ts'
import type { Result } from '../platform/errors.ts'
import { failed, ok } from '../platform/errors.ts'
import type { TicketDeps } from './tickets.ports.ts'
import type { DeskMessage } from './tickets.rows.ts'

/** A file that never gets through is left out after that many tries, so that what comes after it is not held up for ever. */
const MAX_TRIES = 4

/**
 * Hands the messages' files to Desk, each once: what was taken is remembered until it is in a comment. An upload whose answer was lost
 * is simply made again, since one that no comment names is seen by nobody. A file Desk refuses is left out.
 */
export async function uploadFiles(
  deps: TicketDeps,
  messages: readonly DeskMessage[],
): Promise<Result<null, DeskFailure>> {
  const known = deps.effects.uploads()
  for (const message of messages) {
    const before = known.get(message.seq)
    if (before !== undefined && (before.attachmentId !== null || before.isRefused)) continue
    const tries = (before?.tries ?? 0) + 1
    const answer = await upload(deps, message)
    if (answer.ok) {
      deps.effects.saveUpload(message.seq, { attachmentId: answer.value.id, isRefused: false, tries })
      continue
    }
    const { kind } = answer.error
    const isHopeless = kind === 'invalid' || kind === 'gone' || (kind === 'lost' && tries >= MAX_TRIES)
    if (kind === 'lost' || isHopeless) {
      deps.effects.saveUpload(message.seq, { attachmentId: null, isRefused: isHopeless, tries })
    }
    if (!isHopeless) return failed(answer.error)
    deps.logger.warn('desk.file_refused', { conversation: deps.repo.conversationId, seq: message.seq, kind })
  }
  return ok(null)
}

async function upload({ desk, media }: TicketDeps, { seq, kind, media: file }: DeskMessage) {
  const key = file?.r2Key ?? null
  const stored = key === null ? null : await media.open(key)
  if (file === null || key === null || stored === null)
    return failed<DeskFailure>({ kind: 'invalid', code: 'FILE_GONE', fields: [] })
  let first: ReadableStream | null = stored.body
  const type = file.type ?? 'application/octet-stream'
  return desk.upload({
    name: fileName(file.name, type, kind, seq),
    type,
    size: stored.size,
    async open() {
      // The bytes at hand serve the first try; another one reads them anew.
      const body = first ?? (await media.open(key))?.body ?? null
      first = null
      return body
    },
  })
}

/** A name that Desk shows and every file system takes. */
function fileName(name: string | null, type: string, kind: string, seq: number): string {
  const bare = (name ?? '')
    .toWellFormed()
    .replaceAll(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, '_')
    .trim()
  if (bare !== '') return bare.slice(-100)
  const subtype = /^[a-z]+\/([a-z0-9]+)/.exec(type.toLowerCase())?.[1]
  return `${kind}-${seq}.${subtype ?? 'bin'}`
}
