import { z } from 'zod'
import { auditStatement } from '../audit/audit.repo.ts'
import type { AuditFact } from '../audit/audit.repo.ts'
import type { OrgScope } from '../platform/scope.ts'

const MINUTE_MS = 60_000

const idSchema = z.object({ conversation_id: z.string() })

/** One channel and its number. */
export type SwitchedChannel = { id: string; phone_number_id: string }

/** Switching the channels of one organisation off and on, and removing them. Repeating a switch changes and tells nothing. */
export function createSwitchesRepo(scope: Pick<OrgScope, 'db' | 'orgId'>) {
  const { db, orgId } = scope

  const tell = (id: string, audit: AuditFact, state: string): D1PreparedStatement =>
    auditStatement(scope, audit, {
      sql: `EXISTS (SELECT 1 FROM channels WHERE org_id = ?9 AND id = ?10 AND removed_at IS NULL AND ${state})`,
      values: [orgId, id],
    })

  /** Conversations of the number in which messages of ours wait. */
  const waiting = `SELECT DISTINCT m.conversation_id FROM messages m INDEXED BY messages_to_send
    CROSS JOIN conversations v ON v.id = m.conversation_id
    WHERE m.status IN ('queued', 'sending') AND m.org_id = ?1 AND v.phone_number_id = ?2`

  return {
    async switchOff({ id }: SwitchedChannel, audit: AuditFact): Promise<void> {
      await db.batch([
        tell(id, audit, 'off_at IS NULL'),
        db
          .prepare(
            'UPDATE channels SET off_at = COALESCE(off_at, ?3) WHERE org_id = ?1 AND id = ?2 AND removed_at IS NULL',
          )
          .bind(orgId, id, audit.at),
      ])
    },

    /**
     * Switches on again. Of the conversations that waited those come to be worked on in which the customer wrote after `since`; the
     * others keep their messages for their next ticket. The sweep of pending work wakes them, so many a minute.
     */
    async switchOn({ id, phone_number_id: number }: SwitchedChannel, since: number, audit: AuditFact): Promise<void> {
      const { at } = audit
      await db.batch([
        tell(id, audit, 'off_at IS NOT NULL'),
        db
          .prepare('UPDATE channels SET off_at = NULL WHERE org_id = ?1 AND id = ?2 AND removed_at IS NULL')
          .bind(orgId, id),
        db
          .prepare(
            `INSERT INTO pending_work (conversation_id, org_id, since)
             SELECT id, org_id, ?3 FROM conversations INDEXED BY conversations_held
             WHERE org_id = ?1 AND phone_number_id = ?2 AND held_since IS NOT NULL AND COALESCE(last_inbound_at, held_since) > ?4
             ON CONFLICT (conversation_id) DO UPDATE SET version = version + 1, since = MIN(since, excluded.since)`,
          )
          .bind(orgId, number, at - MINUTE_MS, since),
        db
          .prepare(
            `INSERT INTO pending_work (conversation_id, org_id, since)
             SELECT conversation_id, ?1, ?3 FROM (${waiting}) WHERE true
             ON CONFLICT (conversation_id) DO UPDATE SET version = version + 1`,
          )
          .bind(orgId, number, at - MINUTE_MS),
        db
          .prepare(
            `UPDATE conversations INDEXED BY conversations_held SET held_since = NULL, change = change + 1
             WHERE org_id = ?1 AND phone_number_id = ?2 AND held_since IS NOT NULL`,
          )
          .bind(orgId, number),
      ])
    },

    /** The channel counts no more and lets nothing out; its conversations stay. */
    async remove({ id }: SwitchedChannel, audit: AuditFact): Promise<void> {
      await db.batch([
        tell(id, audit, '1'),
        db
          .prepare('UPDATE channels SET removed_at = COALESCE(removed_at, ?3) WHERE org_id = ?1 AND id = ?2')
          .bind(orgId, id, audit.at),
      ])
    },

    /** The first conversations of a number to look at its switch anew: those in which messages of ours wait. */
    async listWaiting(phoneNumberId: string, limit: number): Promise<string[]> {
      const { results } = await db.prepare(`${waiting} LIMIT ?3`).bind(orgId, phoneNumberId, limit).all()
      return results.map((row) => idSchema.parse(row).conversation_id)
    },

    /** Conversations that are to be worked on, the ones that waited longest first. */
    async listPending(phoneNumberId: string, limit: number): Promise<string[]> {
      const { results } = await db
        .prepare(
          `SELECT p.conversation_id FROM pending_work p JOIN conversations v ON v.id = p.conversation_id
           WHERE p.org_id = ?1 AND v.phone_number_id = ?2 ORDER BY v.last_inbound_at LIMIT ?3`,
        )
        .bind(orgId, phoneNumberId, limit)
        .all()
      return results.map((row) => idSchema.parse(row).conversation_id)
    },
  }
}

export type SwitchesRepo = ReturnType<typeof createSwitchesRepo>
