import { z } from 'zod'
import type { InboxFilter } from '../../../contract/index.ts'
import { CONVERSATION_COLUMNS, CONVERSATION_NAMES } from '../conversations/conversations.repo.ts'
import { conversationRowSchema } from '../conversations/conversations.rows.ts'
import type { ContactMatch } from '../conversations/search.model.ts'
import { WINDOW_MS } from '../messages/sends.model.ts'
import type { OrgScope } from '../platform/scope.ts'

/** Where a page goes on: after the conversation `id` at `rank`. */
export type InboxPlace = { rank: number; id: string }

export type InboxRequest = {
  filter: InboxFilter
  phoneNumberId: string | null
  match: ContactMatch
  after: InboxPlace | null
  limit: number
  /** Departments the asking agent may see; null for all of them. */
  departments: readonly string[] | null
  now: number
}

const inboxRowSchema = conversationRowSchema.extend({ waiting_since: z.number().nullable(), rank: z.number() })
export type InboxRow = z.infer<typeof inboxRowSchema>

const countsSchema = z.object({
  all: z.number(),
  waiting: z.number(),
  no_ticket: z.number(),
  held: z.number(),
})
export type InboxCounts = z.infer<typeof countsSchema>

/** How far back the inbox looks: this many conversations by their newest message. */
const SCAN_LIMIT = 5_000
/** Contacts that one search may find, newest first. */
const MATCH_LIMIT = 2_000
/** Above every time: what does not run out stands behind, the newest first. */
const BEHIND = 4_000_000_000_000_000

const CONDITIONS: Record<InboxFilter, string> = {
  all: '1',
  waiting: 'v.waiting_since IS NOT NULL',
  no_ticket: 'v.ticket_id IS NULL',
  held: 'v.held_since IS NOT NULL',
}

/** What runs out first comes first: who waits with an open window, by its end. ?3 is the latest time whose window is over. */
const RANK = `CASE WHEN v.waiting_since IS NOT NULL AND v.last_inbound_at > ?3 THEN v.last_inbound_at
  ELSE ${BEHIND} - v.last_message_at END`
const VISIBLE = `(?2 IS NULL OR v.department_id IN (SELECT value FROM json_each(?2)))`

/** What the inbox shows of one organisation. */
export function createInboxRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>, scanLimit: number = SCAN_LIMIT) {
  const recent = `(SELECT * FROM conversations WHERE org_id = ?1 ORDER BY last_message_at DESC, id DESC LIMIT ${scanLimit})`
  const departmentsOf = ({ departments }: Pick<InboxRequest, 'departments'>): string | null =>
    departments === null ? null : JSON.stringify(departments)

  return {
    /** One row more than asked for where there is a next page. */
    async list(request: InboxRequest): Promise<InboxRow[]> {
      const { match, after } = request
      const isIndexed = match.by === 'index'
      // Found by the search index: then not only the recent ones are looked at.
      const from = isIndexed
        ? `(SELECT DISTINCT contact_id FROM (SELECT contact_id FROM contact_search WHERE contact_search MATCH ?8 AND org_id = ?1
             ORDER BY rowid DESC LIMIT ${MATCH_LIMIT})) f
           CROSS JOIN numbers o ON o.org_id = ?1
           CROSS JOIN conversations v ON v.org_id = ?1 AND v.phone_number_id = o.phone_number_id AND v.contact_id = f.contact_id`
        : `${recent} v`
      const named = isIndexed
        ? '1'
        : `(?8 IS NULL OR c.name LIKE ?8 ESCAPE '\\' OR c.username LIKE ?8 ESCAPE '\\' OR c.phone LIKE ?8 ESCAPE '\\'
            OR c.user_id LIKE ?8 ESCAPE '\\')`
      const { results } = await db
        .prepare(
          `SELECT ${CONVERSATION_COLUMNS}, v.waiting_since, ${RANK} AS rank FROM ${from} ${CONVERSATION_NAMES}
           WHERE ${VISIBLE} AND (?4 IS NULL OR v.phone_number_id = ?4) AND ${CONDITIONS[request.filter]}
             AND (${RANK}, v.id) > (?5, ?6) AND ${named}
           ORDER BY rank, v.id LIMIT ?7`,
        )
        .bind(
          orgId,
          departmentsOf(request),
          request.now - WINDOW_MS,
          request.phoneNumberId,
          after?.rank ?? -1,
          after?.id ?? '',
          request.limit + 1,
          match.by === 'index' ? match.expression : match.by === 'parts' ? match.pattern : null,
        )
        .all()
      return results.map((row) => inboxRowSchema.parse(row))
    },

    /** How many there are of each, whatever is searched for. */
    async count(request: Pick<InboxRequest, 'departments' | 'phoneNumberId'>): Promise<InboxCounts> {
      const row = await db
        .prepare(
          `SELECT COUNT(*) AS "all", COUNT(CASE WHEN ${CONDITIONS.waiting} THEN 1 END) AS waiting,
             COUNT(CASE WHEN ${CONDITIONS.no_ticket} THEN 1 END) AS no_ticket, COUNT(CASE WHEN ${CONDITIONS.held} THEN 1 END) AS held
           FROM ${recent} v WHERE ${VISIBLE} AND (?3 IS NULL OR v.phone_number_id = ?3)`,
        )
        .bind(orgId, departmentsOf(request), request.phoneNumberId)
        .first()
      return countsSchema.parse(row)
    },
  }
}

export type InboxRepo = ReturnType<typeof createInboxRepo>
