import { z } from 'zod'
import type { OrgScope } from '../platform/scope.ts'
import { conversationRowSchema } from './conversations.rows.ts'
import type { ConversationRow } from './conversations.rows.ts'
import type { ContactMatch } from './search.model.ts'

type Org = Pick<OrgScope, 'db' | 'orgId'>

/** Where a list goes on: after the conversation `id`, whose last message was at `lastMessageAt`. */
export type ListPlace = { lastMessageAt: number; id: string }

export type ListRequest = {
  after: ListPlace | null
  limit: number
  /** Departments the asking agent may see; null for all of them. */
  departments: readonly string[] | null
}

/** A page, and where the next one begins; `next` is null at the end. */
export type ListPage = { rows: ConversationRow[]; next: ListPlace | null }

/**
 * Conversations looked at for one page where an index cannot find them (a department among many, a name of one or two letters). A
 * page may then be shorter than asked for and still have a next one.
 */
const SCAN_LIMIT = 5_000
/** Contacts that one search may find, newest first. */
const MATCH_LIMIT = 2_000

export const CONVERSATION_COLUMNS = `v.id, v.phone_number_id, v.contact_id, v.department_id, v.change, v.last_message_at, v.last_inbound_at, v.last_summary, v.ticket_id,
  v.ticket_number, v.desk_cursor, v.desk_holes, v.desk_state, v.desk_reason, c.name AS contact_name, c.phone AS contact_phone,
  c.user_id AS contact_user_id, c.username AS contact_username, h.name AS channel_name, n.display_phone_number`

export const CONVERSATION_NAMES = `JOIN contacts c ON c.id = v.contact_id AND c.org_id = v.org_id
  LEFT JOIN channels h ON h.org_id = v.org_id AND h.phone_number_id = v.phone_number_id
  LEFT JOIN numbers n ON n.org_id = v.org_id AND n.phone_number_id = v.phone_number_id`

const ticketRowSchema = z.object({ conversation_id: z.string(), is_current: z.number() })
const placeSchema = z.object({ id: z.string(), last_message_at: z.number() })

/** One conversation as `conversationRowSchema` reads it, as a statement to be part of a batch. */
export function selectConversation({ db, orgId }: Org, id: string): D1PreparedStatement {
  return db
    .prepare(
      `SELECT ${CONVERSATION_COLUMNS} FROM conversations v ${CONVERSATION_NAMES} WHERE v.id = ?1 AND v.org_id = ?2`,
    )
    .bind(id, orgId)
}

/** Reading conversations for lists and panels. */
export function createConversationsRepo(org: Org, scanLimit: number = SCAN_LIMIT) {
  const { db, orgId } = org

  /** Newest first from `after` on, looking at `scanLimit` conversations at most. `match` narrows by parts of the contact's names. */
  async function scan(request: ListRequest, match: string | null): Promise<ListPage> {
    const window = `FROM conversations WHERE org_id = ?1 AND (last_message_at, id) < (?2, ?3) ORDER BY last_message_at DESC, id DESC`
    const after = request.after ?? { lastMessageAt: Number.MAX_SAFE_INTEGER, id: '' }
    const { results } = await db
      .prepare(
        `SELECT ${CONVERSATION_COLUMNS} FROM (SELECT * ${window} LIMIT ${scanLimit}) v ${CONVERSATION_NAMES}
         WHERE (?4 IS NULL OR v.department_id IN (SELECT value FROM json_each(?4)))
           AND (?5 IS NULL OR c.name LIKE ?5 ESCAPE '\\' OR c.username LIKE ?5 ESCAPE '\\'
             OR c.phone LIKE ?5 ESCAPE '\\' OR c.user_id LIKE ?5 ESCAPE '\\')
         ORDER BY v.last_message_at DESC, v.id DESC LIMIT ?6`,
      )
      .bind(orgId, after.lastMessageAt, after.id, departmentsOf(request), match, request.limit + 1)
      .all()
    const page = toPage(results, request.limit)
    if (page.next !== null) return page
    const last = await db
      .prepare(`SELECT id, last_message_at ${window} LIMIT 1 OFFSET ${scanLimit - 1}`)
      .bind(orgId, after.lastMessageAt, after.id)
      .first()
    if (last === null) return page
    const { id, last_message_at: lastMessageAt } = placeSchema.parse(last)
    return { rows: page.rows, next: { lastMessageAt, id } }
  }

  /** Conversations of the contacts that the search index finds, newest first. */
  async function find(request: ListRequest, expression: string): Promise<ListPage> {
    const after = request.after ?? { lastMessageAt: Number.MAX_SAFE_INTEGER, id: '' }
    const { results } = await db
      .prepare(
        `WITH found AS MATERIALIZED (
           SELECT contact_id FROM contact_search WHERE contact_search MATCH ?5 AND org_id = ?1
           ORDER BY rowid DESC LIMIT ${MATCH_LIMIT}
         )
         SELECT ${CONVERSATION_COLUMNS} FROM (SELECT DISTINCT contact_id FROM found) f
         CROSS JOIN numbers o ON o.org_id = ?1
         CROSS JOIN conversations v ON v.org_id = ?1 AND v.phone_number_id = o.phone_number_id AND v.contact_id = f.contact_id
         ${CONVERSATION_NAMES}
         WHERE (v.last_message_at, v.id) < (?2, ?3) AND (?4 IS NULL OR v.department_id IN (SELECT value FROM json_each(?4)))
         ORDER BY v.last_message_at DESC, v.id DESC LIMIT ?6`,
      )
      .bind(orgId, after.lastMessageAt, after.id, departmentsOf(request), expression, request.limit + 1)
      .all()
    return toPage(results, request.limit)
  }

  return {
    async find(id: string): Promise<ConversationRow | null> {
      const row = await selectConversation(org, id).first()
      return row === null ? null : conversationRowSchema.parse(row)
    },

    /** Which conversation a Desk ticket belongs to, and whether it is that conversation's current ticket. */
    async findByTicket(ticketId: string): Promise<{ conversationId: string; isCurrent: boolean } | null> {
      const row = await db
        .prepare(
          `SELECT t.conversation_id, v.ticket_id IS t.ticket_id AS is_current FROM tickets t
           JOIN conversations v ON v.id = t.conversation_id AND v.org_id = t.org_id
           WHERE t.org_id = ?1 AND t.ticket_id = ?2`,
        )
        .bind(orgId, ticketId)
        .first()
      if (row === null) return null
      const { conversation_id: conversationId, is_current: isCurrent } = ticketRowSchema.parse(row)
      return { conversationId, isCurrent: isCurrent === 1 }
    },

    /** Newest first. */
    list(request: ListRequest, match: ContactMatch): Promise<ListPage> {
      if (match.by === 'index') return find(request, match.expression)
      return scan(request, match.by === 'parts' ? match.pattern : null)
    },
  }
}

export type ConversationsRepo = ReturnType<typeof createConversationsRepo>

function departmentsOf(request: ListRequest): string | null {
  return request.departments === null ? null : JSON.stringify(request.departments)
}

/** One row more than asked for was read: it says whether there is a next page. */
function toPage(results: readonly unknown[], limit: number): ListPage {
  const rows = results.slice(0, limit).map((row) => conversationRowSchema.parse(row))
  const last = rows.at(-1)
  const hasMore = results.length > limit && last !== undefined
  return { rows, next: hasMore ? { lastMessageAt: last.last_message_at, id: last.id } : null }
}
