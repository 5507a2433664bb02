import { z } from 'zod'
import type { OrgScope } from '../platform/scope.ts'
import { failureSchema, TEST_LEGS } from '../../../contract/index.ts'
import type { Legs, WayFacts } from './whole-way.model.ts'
import { noLegs } from './whole-way.model.ts'

const legSchema = z.object({
  state: z.enum(['waiting', 'done', 'failed']),
  at: z.number().nullable(),
  detail: z.string().nullable(),
})
const legsSchema = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.record(z.enum(TEST_LEGS), legSchema))

const testSchema = z.object({
  id: z.string(),
  phone_number_id: z.string(),
  display_phone_number: z.string(),
  code: z.string(),
  legs: legsSchema,
  conversation_id: z.string().nullable(),
  message_seq: z.number().nullable(),
  started_at: z.number(),
  expires_at: z.number(),
})
export type TestRow = z.infer<typeof testSchema>

const foundSchema = z.object({ conversation_id: z.string(), seq: z.number() })
const messageSchema = z.object({
  received_at: z.number(),
  ticket_id: z.string().nullable(),
  is_in_ticket: z.number(),
  is_own_ticket: z.number(),
  desk_reason: z.string().nullable(),
  ticket_rule: z.string().nullable(),
})
const answerSchema = z.object({
  sent_at: z.number(),
  status: z.string(),
  failure: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(failureSchema)
    .nullable(),
})

const SELECT = `SELECT t.id, t.phone_number_id, n.display_phone_number, t.code, t.legs, t.conversation_id, t.message_seq,
    t.started_at, t.expires_at
  FROM whole_way_tests t JOIN numbers n ON n.org_id = t.org_id AND n.phone_number_id = t.phone_number_id WHERE t.org_id = ?1`

/** Whoever took the closing of a ticket and says nothing for so long does not come back. */
const CLOSING_MS = 60_000

export type NewTest = {
  id: string
  phoneNumberId: string
  code: string
  startedBy: string
  startedAt: number
  expiresAt: number
}

/** Tests of the whole way, and the facts their legs are told from. */
export function createWholeWayRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>) {
  return {
    async find(id: string): Promise<TestRow | null> {
      const row = await db.prepare(`${SELECT} AND t.id = ?2`).bind(orgId, id).first()
      return row === null ? null : testSchema.parse(row)
    },

    /** The number's test that is under way, made if there is none. */
    async ensure(test: NewTest): Promise<TestRow> {
      const [, found] = await db.batch([
        db
          .prepare(
            `INSERT INTO whole_way_tests (id, org_id, phone_number_id, code, state, legs, started_by, started_at, expires_at)
             SELECT ?2, ?1, ?3, ?4, 'waiting', ?5, ?6, ?7, ?8 WHERE NOT EXISTS (SELECT 1 FROM whole_way_tests
               WHERE org_id = ?1 AND phone_number_id = ?3 AND state IN ('waiting', 'running') AND expires_at > ?7)`,
          )
          .bind(
            orgId,
            test.id,
            test.phoneNumberId,
            test.code,
            JSON.stringify(noLegs()),
            test.startedBy,
            test.startedAt,
            test.expiresAt,
          ),
        db
          .prepare(
            `${SELECT} AND t.phone_number_id = ?2 AND t.state IN ('waiting', 'running') AND t.expires_at > ?3
             ORDER BY t.started_at DESC LIMIT 1`,
          )
          .bind(orgId, test.phoneNumberId, test.startedAt),
      ])
      return testSchema.parse(found?.results[0])
    },

    /** The customer's message that says the code, looked for among conversations that were busy since the test began. */
    async findMessage(test: TestRow): Promise<{ conversationId: string; seq: number } | null> {
      const row = await db
        .prepare(
          `SELECT m.conversation_id, m.seq FROM conversations v JOIN messages m ON m.conversation_id = v.id
           WHERE v.org_id = ?1 AND v.last_message_at >= ?3 AND v.phone_number_id = ?2 AND m.sent_at >= ?3
             AND m.direction = 'in' AND UPPER(TRIM(m.summary)) = ?4 ORDER BY m.seq LIMIT 1`,
        )
        // WhatsApp's times are whole seconds.
        .bind(orgId, test.phone_number_id, test.started_at - 1_000, test.code)
        .first()
      if (row === null) return null
      const { conversation_id: conversationId, seq } = foundSchema.parse(row)
      return { conversationId, seq }
    },

    async readFacts(
      conversationId: string,
      seq: number,
      clientId: string,
    ): Promise<Pick<WayFacts, 'message' | 'makesTickets' | 'answer'>> {
      const [message, answer] = await db.batch([
        db
          .prepare(
            `SELECT m.received_at, v.ticket_id, v.desk_reason, h.ticket_rule,
               m.seq <= v.desk_cursor AND NOT EXISTS (SELECT 1 FROM json_each(v.desk_holes) WHERE value = m.seq) AS is_in_ticket,
               EXISTS (SELECT 1 FROM tickets t WHERE t.org_id = ?1 AND t.ticket_id = v.ticket_id AND t.from_seq = m.seq) AS is_own_ticket
             FROM messages m JOIN conversations v ON v.id = m.conversation_id
             LEFT JOIN channels h ON h.org_id = v.org_id AND h.phone_number_id = v.phone_number_id
             WHERE m.seq = ?3 AND m.conversation_id = ?2 AND m.org_id = ?1`,
          )
          .bind(orgId, conversationId, seq),
        db
          .prepare(
            'SELECT sent_at, status, failure FROM messages WHERE conversation_id = ?2 AND client_id = ?3 AND org_id = ?1',
          )
          .bind(orgId, conversationId, clientId),
      ])
      const found = messageSchema.parse(message?.results[0])
      const answered = answer?.results[0] === undefined ? null : answerSchema.parse(answer.results[0])
      return {
        message: {
          receivedAt: found.received_at,
          isInTicket: found.is_in_ticket === 1,
          ticketId: found.ticket_id,
          isOwnTicket: found.is_own_ticket === 1,
          deskReason: found.desk_reason,
        },
        makesTickets: (found.ticket_rule ?? 'automatic') === 'automatic',
        answer:
          answered === null
            ? null
            : { at: answered.sent_at, status: answered.status, failureKey: answered.failure?.key ?? null },
      }
    },

    /**
     * Takes the closing of the test's ticket, which two looks at the same moment must not do both. `again`: who took it before never came
     * back, so the ticket may hold the remark. Null: somebody is at it.
     */
    async takeClosing(id: string, now: number): Promise<'first' | 'again' | null> {
      const [first, again] = await db.batch([
        db
          .prepare('UPDATE whole_way_tests SET closing_at = ?3 WHERE org_id = ?1 AND id = ?2 AND closing_at IS NULL')
          .bind(orgId, id, now),
        db
          .prepare('UPDATE whole_way_tests SET closing_at = ?3 WHERE org_id = ?1 AND id = ?2 AND closing_at <= ?4')
          .bind(orgId, id, now, now - CLOSING_MS),
      ])
      if (first?.meta.changes === 1) return 'first'
      return again?.meta.changes === 1 ? 'again' : null
    },

    /** Desk did nothing of it: the next look takes it as the first. */
    async leaveClosing(id: string): Promise<void> {
      await db
        .prepare('UPDATE whole_way_tests SET closing_at = NULL WHERE org_id = ?1 AND id = ?2')
        .bind(orgId, id)
        .run()
    },

    /** What a look found. One that read the facts before another's was over does not take back how that one ended. */
    async save(
      id: string,
      state: string,
      legs: Legs,
      found: { conversationId: string; seq: number } | null,
    ): Promise<void> {
      await db
        .prepare(
          `UPDATE whole_way_tests SET state = ?3, legs = ?4, conversation_id = COALESCE(?5, conversation_id),
             message_seq = COALESCE(?6, message_seq)
           WHERE org_id = ?1 AND id = ?2 AND state NOT IN ('passed', 'failed')`,
        )
        .bind(orgId, id, state, JSON.stringify(legs), found?.conversationId ?? null, found?.seq ?? null)
        .run()
    },
  }
}

export type WholeWayRepo = ReturnType<typeof createWholeWayRepo>
