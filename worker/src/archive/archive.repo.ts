import { z } from 'zod'
import { insertRows } from '../ingest/bulk.repo.ts'
import type { OrgScope } from '../platform/scope.ts'

/** A row of the archive; `content` is JSON. */
export type ArchiveRow = {
  wamid: string
  contact: string
  direction: 'in' | 'out'
  content: string
  summary: string
  sentAt: number
  status: string | null
}

const eventSchema = z.object({ id: z.number(), body: z.string() })
const messageSchema = z
  .object({
    wamid: z.string(),
    contact_id: z.string(),
    direction: z.enum(['in', 'out']),
    summary: z.string(),
    sent_at: z.number(),
    status: z.string().nullable(),
  })
  .transform((row) => ({
    wamid: row.wamid,
    contact: row.contact_id,
    direction: row.direction,
    summary: row.summary,
    sentAt: row.sent_at,
    status: row.status,
  }))
export type ListedMessage = z.output<typeof messageSchema>

/** Meta's placeholder for a file that comes after it. */
const PLACEHOLDER = 'media_placeholder'

/** What numbers of the Business app brought with them, and what is written there: apart from conversations. */
export function createArchiveRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>) {
  return {
    /** Webhooks of a number's lane that still have to be archived, the oldest first: each a body, or `blob:<R2 key>`. */
    async listEvents(lane: string, limit: number): Promise<{ id: number; body: string }[]> {
      const { results } = await db
        .prepare(
          `SELECT id, body FROM account_events WHERE org_id = ?1 AND lane = ?2 AND field IN ('history', 'smb_message_echoes')
           ORDER BY part, unit LIMIT ?3`,
        )
        .bind(orgId, lane, limit)
        .all()
      return results.map((row) => eventSchema.parse(row))
    },

    /** Archives what a webhook brought; the webhook is done with then. Each message is kept once; a file takes its placeholder's place. */
    async keep(phoneNumberId: string, eventId: number, messages: readonly ArchiveRow[]): Promise<void> {
      await db.batch([
        ...insertRows(db, {
          table: 'archived_messages',
          columns: [
            ['org_id', '?1'],
            ['phone_number_id', '?2'],
            ['wamid', 0],
            ['contact_id', 1],
            ['direction', 2],
            ['content', 3],
            ['summary', 4],
            ['sent_at', 5],
            ['status', 6],
          ],
          rows: messages.map((one) => [
            ...[one.wamid, one.contact, one.direction, one.content, one.summary, one.sentAt, one.status],
          ]),
          shared: [orgId, phoneNumberId],
          onConflict: `ON CONFLICT (org_id, wamid) DO UPDATE SET content = excluded.content, summary = excluded.summary
            WHERE archived_messages.content LIKE '%${PLACEHOLDER}%'`,
        }),
        db.prepare('DELETE FROM account_events WHERE org_id = ?1 AND id = ?2').bind(orgId, eventId),
      ])
    },

    /** A number's archive, the newest first, from before a message on; of one customer where `contact` is given. */
    async list(
      phoneNumberId: string,
      page: { before: { sentAt: number; wamid: string } | null; contact: string | null; limit: number },
    ): Promise<ListedMessage[]> {
      const { before, contact, limit } = page
      const { results } = await db
        .prepare(
          `SELECT wamid, contact_id, direction, summary, sent_at, status FROM archived_messages
           WHERE org_id = ?1 AND phone_number_id = ?2 AND (?3 IS NULL OR (sent_at, wamid) < (?3, ?4)) AND (?5 IS NULL OR contact_id = ?5)
           ORDER BY sent_at DESC, wamid DESC LIMIT ?6`,
        )
        .bind(orgId, phoneNumberId, before?.sentAt ?? null, before?.wamid ?? null, contact, limit)
        .all()
      return results.map((row) => messageSchema.parse(row))
    },
  }
}
