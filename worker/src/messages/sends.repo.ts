import { failureSchema } from '../../../contract/index.ts'
import type { Failure } from '../../../contract/index.ts'
import { z } from 'zod'
import { addWork } from '../conversations/pending-work.repo.ts'
import type { OrgScope } from '../platform/scope.ts'
import type { Permit } from '../quotas/places.repo.ts'
import { permitHolds, permitValues, returnPlace, takePlace, UNREACHABLE } from '../quotas/places.repo.ts'
import type { KnownStanding } from '../quotas/quotas.repo.ts'
import { knownStanding, standingText } from '../quotas/quotas.repo.ts'
import { messageRowSchema } from './messages.rows.ts'
import type { MessageRow } from './messages.rows.ts'
import type { ToldDeed } from './deeds.repo.ts'
import { deedStatements } from './deeds.repo.ts'
import { createAcceptRepo } from './sends.accept.repo.ts'
import { fill, listed } from './sends.sql.repo.ts'
import { waitAgain } from './unanswered.repo.ts'

const factsSchema = z.object({
  phone_number_id: z.string(),
  contact_id: z.string(),
  last_inbound_at: z.number().nullable(),
  standing: z.string().nullable(),
  phone: z.string().nullable(),
  user_id: z.string().nullable(),
})

export type ConversationSendFacts = {
  phoneNumberId: string
  contactId: string
  /** How the number stands; null for one that is not connected. */
  standing: KnownStanding | null
  lastInboundAt: number | null
  phone: string | null
  userId: string | null
}

const numberSchema = z.object({ token: z.string(), status: z.string() })

/** What a finished or given up try writes. A status that a webhook raised meanwhile is never lowered. */
export type SendResult =
  | { to: 'accepted'; wamid: string }
  | { to: 'queued'; at: number }
  | { to: 'failed'; failure: Failure }
  | { to: 'unknown' }

/** A message and the statuses in which it may stand for an update to happen. */
type MessageIn = { conversationId: string; seq: number; from: readonly string[] }

/**
 * `elsewhere`: the message does not stand where it was expected. `stale`: the permit was given for facts that changed. `full`: the
 * pool has no place left for a new person.
 */
export type PermittedUpdate = 'done' | 'elsewhere' | 'stale' | 'full'

const outcomeSchema = z.object({ stands: z.number(), holds: z.number() })

/** The statements that sending needs. `change` rises with each of them, in the same transaction. */
export function createSendsRepo(scope: Pick<OrgScope, 'db' | 'orgId'>) {
  const { db, orgId } = scope
  const bumpChange = (conversationId: string) =>
    db.prepare('UPDATE conversations SET change = change + 1 WHERE id = ?1 AND org_id = ?2').bind(conversationId, orgId)
  const giveWork = (conversationId: string, now: number) =>
    db
      .prepare(`UPDATE conversations SET ${addWork('?3')} WHERE id = ?1 AND org_id = ?2`)
      .bind(conversationId, orgId, now)

  /** The ticket says that this message failed: what becomes of it now is to be written there again. */
  const reopenRecord = (conversationId: string, seq: number) =>
    db
      .prepare(
        `UPDATE conversations SET desk_holes = json_insert(desk_holes, '$[#]', CAST(?2 AS INTEGER))
         WHERE id = ?1 AND org_id = ?3 AND desk_cursor >= ?2
           AND EXISTS (SELECT 1 FROM messages WHERE seq = ?2 AND org_id = ?3 AND status = 'queued')
           AND NOT EXISTS (SELECT 1 FROM json_each(desk_holes) WHERE value = ?2)`,
      )
      .bind(conversationId, seq, orgId)

  /** One update of one message that stands in `from`, with its change. Resolves to whether it stood there. */
  async function updateMessage(
    { conversationId, seq, from }: MessageIn,
    assignments: string,
    values: readonly (string | number | null)[],
    extra: readonly D1PreparedStatement[] = [],
  ): Promise<boolean> {
    const placeholders = values.map((_, index) => `?${index + 4}`)
    const sql = `UPDATE messages SET ${fill(assignments, placeholders)},
        change = (SELECT change FROM conversations WHERE id = ?1)
      WHERE seq = ?2 AND conversation_id = ?1 AND org_id = ?3 AND status IN (${listed(from)})`
    const [, updated] = await db.batch([
      bumpChange(conversationId),
      db.prepare(sql).bind(conversationId, seq, orgId, ...values),
      ...extra,
    ])
    return updated?.meta.changes === 1
  }

  /** As `updateMessage`, on a permit: the place is taken, or found taken, in the same transaction, else nothing changes. */
  async function updateOnPermit(
    { conversationId, seq, from }: MessageIn,
    { permit, contactId, now }: OnPermit,
    assignments: string,
    values: readonly (string | number | null)[],
    extra: readonly D1PreparedStatement[] = [],
  ): Promise<PermittedUpdate> {
    const isThere = (message: string, conversation: string, org: string): string =>
      `seq = ${message} AND conversation_id = ${conversation} AND org_id = ${org} AND status IN (${listed(from)})`
    const place = takePlace(scope, permit, now, {
      contact: '?7',
      onlyIf: `EXISTS (SELECT 1 FROM messages WHERE ${isThere('?8', '?9', '?1')})`,
      values: [contactId, seq, conversationId],
    })
    const holds = permitHolds({ org: '?3', contact: '?4', number: '?5', standing: '?6', pool: '?7' })
    const placeholders = values.map((_, index) => `?${index + 8}`)
    const answers = await db.batch([
      ...place,
      bumpChange(conversationId),
      db
        .prepare(
          `UPDATE messages SET ${fill(assignments, placeholders)}, place = ?7,
             change = (SELECT change FROM conversations WHERE id = ?1)
           WHERE ${isThere('?2', '?1', '?3')} AND ${holds}`,
        )
        .bind(conversationId, seq, orgId, contactId, ...permitValues(permit), ...values),
      ...extra,
      db
        .prepare(
          `SELECT EXISTS (SELECT 1 FROM messages WHERE ${isThere('?2', '?1', '?3')}) AS stands,
             ${standingText('?3', '?4')} IS ?5 AS holds`,
        )
        .bind(conversationId, seq, orgId, permit.phoneNumberId, permit.standing),
    ])
    if (answers[place.length + 1]?.meta.changes === 1) return 'done'
    const outcome = outcomeSchema.parse(answers.at(-1)?.results[0])
    if (outcome.stands === 0) return 'elsewhere'
    return outcome.holds === 0 ? 'stale' : 'full'
  }

  return {
    ...createAcceptRepo(scope),

    async find(conversationId: string, seq: number): Promise<MessageRow | null> {
      const row = await db
        .prepare('SELECT * FROM messages WHERE seq = ?1 AND conversation_id = ?2 AND org_id = ?3')
        .bind(seq, conversationId, orgId)
        .first()
      return row === null ? null : messageRowSchema.parse(row)
    },

    /** What waits to be sent, oldest first. */
    async listToSend(conversationId: string): Promise<MessageRow[]> {
      const { results } = await db
        .prepare(
          `SELECT * FROM messages WHERE conversation_id = ?1 AND org_id = ?2 AND status IN ('queued', 'sending')
           ORDER BY seq LIMIT 50`,
        )
        .bind(conversationId, orgId)
        .all()
      return results.map((row) => messageRowSchema.parse(row))
    },

    async readFacts(conversationId: string): Promise<ConversationSendFacts | null> {
      const row = await db
        .prepare(
          `SELECT v.phone_number_id, v.contact_id, v.last_inbound_at, c.phone, c.user_id,
             ${standingText('v.org_id', 'v.phone_number_id')} AS standing FROM conversations v
           JOIN contacts c ON c.id = v.contact_id WHERE v.id = ?1 AND v.org_id = ?2`,
        )
        .bind(conversationId, orgId)
        .first()
      if (row === null) return null
      const facts = factsSchema.parse(row)
      return {
        phoneNumberId: facts.phone_number_id,
        contactId: facts.contact_id,
        standing: knownStanding(facts.standing),
        lastInboundAt: facts.last_inbound_at,
        phone: facts.phone,
        userId: facts.user_id,
      }
    },

    /** The number's sealed token. */
    async readToken(phoneNumberId: string): Promise<string | null> {
      const row = await db
        .prepare('SELECT token, status FROM numbers WHERE org_id = ?1 AND phone_number_id = ?2')
        .bind(orgId, phoneNumberId)
        .first()
      return row === null ? null : numberSchema.parse(row).token
    },

    /** Marks a queued message as on its way, on a permit. Only then may it be sent. */
    startAttempt(conversationId: string, seq: number, on: OnPermit): Promise<PermittedUpdate> {
      return updateOnPermit(
        { conversationId, seq, from: ['queued'] },
        on,
        `status = 'sending', attempts = attempts + 1, attempt_at = $, next_attempt_at = NULL, failure = NULL`,
        [on.now],
      )
    },

    /** Writes what became of a try. `extra` runs in the same transaction. */
    finishAttempt(
      conversationId: string,
      seq: number,
      result: SendResult,
      extra: readonly D1PreparedStatement[] = [],
    ): Promise<boolean> {
      switch (result.to) {
        case 'accepted':
          // A status webhook may have come first and raised it already: the wamid is all that is missing then.
          return updateMessage(
            { conversationId, seq, from: ['sending', 'sent', 'delivered', 'read', 'unknown', 'failed'] },
            `wamid = COALESCE(wamid, $), status = CASE WHEN status IN ('sending', 'unknown') THEN 'accepted' ELSE status END`,
            [result.wamid],
            // A status that waited for the wamid may say that the person cannot be reached.
            [...extra, returnPlace(scope, seq, UNREACHABLE)],
          )
        case 'queued':
          return updateMessage({ conversationId, seq, from: ['sending'] }, `status = 'queued', next_attempt_at = $`, [
            result.at,
          ])
        case 'failed':
          return updateMessage(
            { conversationId, seq, from: ['sending', 'queued'] },
            `status = 'failed', failure = $`,
            [JSON.stringify(failureSchema.parse(result.failure))],
            [returnPlace(scope, seq), ...waitAgain(scope, seq)],
          )
        case 'unknown':
          return updateMessage({ conversationId, seq, from: ['sending'] }, `status = 'unknown'`, [])
      }
    },

    /** Queues a message again for exactly one try, on a permit. */
    requeue(
      message: { conversationId: string; seq: number; from: 'failed' | 'unknown' },
      attempts: number,
      on: OnPermit,
      deed: ToldDeed | null = null,
    ): Promise<PermittedUpdate> {
      const { conversationId, seq, from } = message
      return updateOnPermit(
        { conversationId, seq, from: [from] },
        on,
        `status = 'queued', failure = NULL, attempts = $, next_attempt_at = $, wamid = NULL`,
        [attempts, on.now],
        [reopenRecord(conversationId, seq), giveWork(conversationId, on.now), ...deedStatements(scope, message, deed)],
      )
    },

    /** Takes a message back that has not been called for yet. */
    cancel(
      message: { conversationId: string; seq: number },
      failure: Failure,
      now: number,
      deed: ToldDeed | null = null,
    ): Promise<boolean> {
      const { conversationId, seq } = message
      return updateMessage(
        { ...message, from: ['queued'] },
        `status = 'failed', failure = $`,
        [JSON.stringify(failureSchema.parse(failure))],
        [
          ...deedStatements(scope, message, deed),
          returnPlace(scope, seq),
          ...waitAgain(scope, seq),
          giveWork(conversationId, now),
        ],
      )
    },

    /** A person says that a message whose answer was lost did arrive. */
    markArrived(conversationId: string, seq: number, deed: ToldDeed | null = null): Promise<boolean> {
      const message = { conversationId, seq }
      return updateMessage(
        { ...message, from: ['unknown'] },
        `status = 'sent'`,
        [],
        deedStatements(scope, message, deed),
      )
    },
  }
}

/** What an update is made on: the permit, whose place it takes, when. */
export type OnPermit = { permit: Permit; contactId: string; now: number }

export type SendsRepo = ReturnType<typeof createSendsRepo>
