import { z } from 'zod'
import { failureSchema } from '../../../contract/index.ts'
import type { Failure } from '../../../contract/index.ts'
import { auditStatement } from '../audit/audit.repo.ts'
import type { AuditFact } from '../audit/audit.repo.ts'
import { addWork } from '../conversations/pending-work.repo.ts'
import type { OrgScope } from '../platform/scope.ts'
import { returnPlaces } from '../quotas/places.repo.ts'

const idSchema = z.object({ conversation_id: z.string() })

const keptSchema = z.object({ seq: z.number(), conversation_id: z.string() })

/** An answer that is not sent by itself when its channel goes on again. */
export type KeptBack = z.infer<typeof keptSchema>

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

  /** Messages of ours that wait on the number; the first condition names the index. */
  const queued = `FROM messages m INDEXED BY messages_to_send CROSS JOIN conversations v ON v.id = m.conversation_id
    WHERE m.status IN ('queued', 'sending') AND m.status = 'queued' AND m.org_id = ?1 AND v.phone_number_id = ?2`

  /** Conversations in which messages of ours wait are worked on, whatever becomes of whoever wakes them. */
  const addWaiting = (number: string, at: number): D1PreparedStatement =>
    db
      .prepare(
        `UPDATE conversations SET ${addWork('?3')} WHERE org_id = ?1 AND id IN (SELECT m.conversation_id ${queued})`,
      )
      .bind(orgId, number, at)

  /** Only while the channel is off: what another administrator let go is on its way. */
  const keepBack = (id: string, answers: readonly KeptBack[], why: Failure): D1PreparedStatement[] => {
    const seqs = answers.map(({ seq }) => seq)
    return [
      db
        .prepare(
          `UPDATE conversations SET change = change + 1
           WHERE org_id = ?1 AND id IN (SELECT conversation_id FROM messages WHERE seq IN (SELECT value FROM json_each(?2)))`,
        )
        .bind(orgId, JSON.stringify(seqs)),
      db
        .prepare(
          `UPDATE messages SET status = 'failed', failure = ?3,
             change = (SELECT v.change FROM conversations v WHERE v.id = messages.conversation_id)
           WHERE org_id = ?1 AND seq IN (SELECT value FROM json_each(?2)) AND status = 'queued'
             AND EXISTS (SELECT 1 FROM channels WHERE org_id = ?1 AND id = ?4 AND off_at IS NOT NULL)`,
        )
        .bind(orgId, JSON.stringify(seqs), JSON.stringify(failureSchema.parse(why)), id),
      returnPlaces(scope, seqs),
    ]
  }

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

    /** Answers that were written, or asked for again, before `since` and still wait. */
    async listOlderAnswers(phoneNumberId: string, since: number): Promise<KeptBack[]> {
      const { results } = await db
        .prepare(
          `SELECT m.seq, m.conversation_id ${queued}
             AND MAX(m.sent_at, COALESCE(m.next_attempt_at, 0)) < ?3`,
        )
        .bind(orgId, phoneNumberId, since)
        .all()
      return results.map((row) => keptSchema.parse(row))
    },

    /**
     * Switches on again. Of the conversations that waited those come to be worked on in which the customer wrote after `since`; the
     * others keep their messages for their next ticket. Answers that are kept back fail with `why`, all in the same transaction.
     */
    async switchOn(
      { id, phone_number_id: number }: SwitchedChannel,
      since: number,
      audit: AuditFact,
      kept: { answers: readonly KeptBack[]; why: Failure } | null = null,
    ): Promise<void> {
      const { at } = audit
      await db.batch([
        tell(id, audit, 'off_at IS NOT NULL'),
        ...(kept === null || kept.answers.length === 0 ? [] : keepBack(id, kept.answers, kept.why)),
        db
          .prepare('UPDATE channels SET off_at = NULL WHERE org_id = ?1 AND id = ?2 AND removed_at IS NULL')
          .bind(orgId, id),
        db
          .prepare(
            `UPDATE conversations INDEXED BY conversations_held
             SET work_since = MIN(COALESCE(work_since, ?3), ?3), work_version = work_version + 1
             WHERE org_id = ?1 AND phone_number_id = ?2 AND held_since IS NOT NULL AND COALESCE(last_inbound_at, held_since) > ?4`,
          )
          .bind(orgId, number, at, since),
        addWaiting(number, at),
        db
          .prepare(
            `UPDATE conversations INDEXED BY conversations_held SET held_since = NULL, change = change + 1
             WHERE org_id = ?1 AND phone_number_id = ?2 AND held_since IS NOT NULL`,
          )
          .bind(orgId, number),
      ])
    },

    /** The channel counts no more and lets nothing out; its conversations stay, and what waits in them fails. */
    async remove({ id, phone_number_id: number }: SwitchedChannel, audit: AuditFact): Promise<void> {
      await db.batch([
        tell(id, audit, '1'),
        db
          .prepare('UPDATE channels SET removed_at = COALESCE(removed_at, ?3) WHERE org_id = ?1 AND id = ?2')
          .bind(orgId, id, audit.at),
        addWaiting(number, audit.at),
      ])
    },

    /** Conversations of a number in which messages of ours wait. */
    async listWaiting(phoneNumberId: string, limit: number): Promise<string[]> {
      const { results } = await db
        .prepare(`SELECT DISTINCT m.conversation_id ${queued} LIMIT ?3`)
        .bind(orgId, phoneNumberId, limit)
        .all()
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

    /** Those of the conversations that are still to be worked on. */
    async stillPending(conversationIds: readonly string[]): Promise<string[]> {
      const { results } = await db
        .prepare(
          `SELECT v.id AS conversation_id FROM json_each(?2) e CROSS JOIN conversations v ON v.id = e.value
           WHERE v.org_id = ?1 AND v.work_since IS NOT NULL`,
        )
        .bind(orgId, JSON.stringify(conversationIds))
        .all()
      return results.map((row) => idSchema.parse(row).conversation_id)
    },
  }
}

export type SwitchesRepo = ReturnType<typeof createSwitchesRepo>
