import { z } from 'zod'
import type { Actor } from '../audit/audit.repo.ts'
import { auditStatement } from '../audit/audit.repo.ts'
import type { OrgScope } from '../platform/scope.ts'

const letterSchema = z.object({
  id: z.number(),
  phone_number_id: z.string(),
  reason: z.string(),
  body: z.string(),
  received_at: z.number(),
  attempts: z.number(),
})

export type DeadLetterRow = {
  id: number
  /** A number's id, or the name of an account's lane. */
  phoneNumberId: string
  reason: string
  /** The event's body, or `blob:` and the R2 key of one that is too large for a row. */
  body: string
  receivedAt: number
  attempts: number
}

const COLUMNS = 'id, phone_number_id, reason, body, received_at, attempts'

/** Events of one organisation that could not be stored. */
export function createDeadLettersRepo(scope: Pick<OrgScope, 'db' | 'orgId'>) {
  const { db, orgId } = scope
  return {
    /** Newest first, those before `before`. */
    async list(before: number | null, limit: number): Promise<DeadLetterRow[]> {
      const { results } = await db
        .prepare(`SELECT ${COLUMNS} FROM dead_letters WHERE org_id = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3`)
        .bind(orgId, before ?? Number.MAX_SAFE_INTEGER, limit)
        .all()
      return results.map(readLetter)
    },

    async find(id: number): Promise<DeadLetterRow | null> {
      const row = await db
        .prepare(`SELECT ${COLUMNS} FROM dead_letters WHERE id = ?1 AND org_id = ?2`)
        .bind(id, orgId)
        .first()
      return row === null ? null : readLetter(row)
    },

    /** Somebody tried it once more: said in the audit with its number, or the lane of its account. */
    async tellReplay({ id, phoneNumberId }: DeadLetterRow, { at, actor }: { at: number; actor: Actor }): Promise<void> {
      const details = { letter: id, phoneNumberId }
      await auditStatement(scope, { at, actor, action: 'dead_letter.replayed', details }).run()
    },
  }
}

export type DeadLettersRepo = ReturnType<typeof createDeadLettersRepo>

function readLetter(row: unknown): DeadLetterRow {
  const letter = letterSchema.parse(row)
  return {
    id: letter.id,
    phoneNumberId: letter.phone_number_id,
    reason: letter.reason,
    body: letter.body,
    receivedAt: letter.received_at,
    attempts: letter.attempts,
  }
}
