import { z } from 'zod'
import { addWork } from '../conversations/pending-work.repo.ts'
import type { OrgScope } from '../platform/scope.ts'

const mediaRowSchema = z.object({
  message_seq: z.number(),
  conversation_id: z.string(),
  phone_number_id: z.string(),
  meta_media_id: z.string(),
  state: z.enum(['pending', 'stored', 'failed']),
  mime_type: z.string().nullable(),
  file_name: z.string().nullable(),
  size: z.number().nullable(),
  sha256: z.string().nullable(),
  r2_key: z.string().nullable(),
  attempts: z.number(),
  next_attempt_at: z.number(),
})
export type MediaRow = z.infer<typeof mediaRowSchema>

export type StoredMedia = { r2Key: string; size: number; mimeType: string | null; sha256: string | null }

/** Media of messages: where the bytes are, and what still has to be fetched. */
export function createMediaRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>) {
  /** A media row's update together with what makes it visible: the message's change and work for the conversation. */
  async function update(
    row: MediaRow,
    sql: string,
    values: readonly (string | number | null)[],
    now: number,
  ): Promise<boolean> {
    const [updated] = await db.batch([
      db
        .prepare(`UPDATE media SET ${sql} WHERE message_seq = ?1 AND org_id = ?2`)
        .bind(row.message_seq, orgId, ...values),
      db
        .prepare(`UPDATE conversations SET change = change + 1, ${addWork('?3')} WHERE id = ?1 AND org_id = ?2`)
        .bind(row.conversation_id, orgId, now),
      db
        .prepare(
          `UPDATE messages SET change = (SELECT change FROM conversations WHERE id = ?2) WHERE seq = ?1 AND org_id = ?3`,
        )
        .bind(row.message_seq, row.conversation_id, orgId),
    ])
    return updated?.meta.changes === 1
  }

  return {
    async find(messageSeq: number): Promise<MediaRow | null> {
      const row = await db
        .prepare('SELECT * FROM media WHERE message_seq = ?1 AND org_id = ?2')
        .bind(messageSeq, orgId)
        .first()
      return row === null ? null : mediaRowSchema.parse(row)
    },

    markStored(row: MediaRow, stored: StoredMedia, now: number): Promise<boolean> {
      return update(
        row,
        `state = 'stored', r2_key = ?3, size = ?4, mime_type = COALESCE(?5, mime_type), sha256 = COALESCE(?6, sha256), reason = NULL`,
        [stored.r2Key, stored.size, stored.mimeType, stored.sha256],
        now,
      )
    },

    markFailed(row: MediaRow, reason: string, now: number): Promise<boolean> {
      return update(row, `state = 'failed', reason = ?3, attempts = attempts + 1`, [reason], now)
    },

    /** Not visible: the next try is only put off. */
    async postpone(row: MediaRow, reason: string, nextAttemptAt: number): Promise<void> {
      await db
        .prepare(
          'UPDATE media SET attempts = attempts + 1, reason = ?3, next_attempt_at = ?4 WHERE message_seq = ?1 AND org_id = ?2',
        )
        .bind(row.message_seq, orgId, reason, nextAttemptAt)
        .run()
    },

    /** A person asks to fetch it again. False when it did not fail, or is not of this conversation. */
    async requeue(messageSeq: number, conversationId: string, now: number): Promise<boolean> {
      const row = await this.find(messageSeq)
      if (row === null || row.conversation_id !== conversationId || row.state !== 'failed') return false
      return update(row, `state = 'pending', attempts = 0, next_attempt_at = ?3, reason = NULL`, [now], now)
    },
  }
}

export type MediaRepo = ReturnType<typeof createMediaRepo>

const dueSchema = z.object({ org_id: z.string(), message_seq: z.number() })

/** Media of a shard that should have been fetched by now, oldest first: for the sweep, which serves every organisation. */
export async function listDueMedia(
  db: D1Database,
  before: number,
  limit: number,
): Promise<Array<{ orgId: string; messageSeq: number }>> {
  const { results } = await db
    .prepare(
      `SELECT org_id, message_seq FROM media WHERE state = 'pending' AND next_attempt_at <= ?1 ORDER BY next_attempt_at LIMIT ?2`,
    )
    .bind(before, limit)
    .all()
  return results.map((row) => {
    const { org_id: orgId, message_seq: messageSeq } = dueSchema.parse(row)
    return { orgId, messageSeq }
  })
}
