import { z } from 'zod'
import type { OrgScope } from '../platform/scope.ts'
import type { ArchivedContact } from './archive.model.ts'
import type { ArchivedAct, ArchiveRow } from './archive.statements.repo.ts'
import {
  actStatements,
  contactStatements,
  historyStatements,
  messageStatements,
  peopleStatements,
} from './archive.statements.repo.ts'

/** A webhook's news, as they are written. */
export type ArchiveEntry = {
  messages: ArchiveRow[]
  acts: ArchivedAct[]
  contacts: ArchivedContact[]
  progress: number | null
  declined: string | null
}

const eventSchema = z
  .object({ id: z.number(), field: z.string(), body: z.string(), received_at: z.number() })
  .transform(({ received_at, ...event }) => ({ ...event, receivedAt: received_at }))
export type ArchiveEvent = z.output<typeof eventSchema>

const CLOCKS_DIFFER_MS = 5_000

/** What numbers of the Business app brought with them, and what is written there: apart from conversations. */
export function createArchiveRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>) {
  return {
    /** Webhooks of a number's lane that still have to be archived, the oldest first: each a body, or `blob:<R2 key>`. */
    async listEvents(lane: string, fields: readonly string[], limit: number): Promise<ArchiveEvent[]> {
      const { results } = await db
        .prepare(
          `SELECT id, field, body, received_at FROM account_events
           WHERE org_id = ?1 AND lane = ?2 AND field IN (SELECT value FROM json_each(?3)) ORDER BY part, unit LIMIT ?4`,
        )
        .bind(orgId, lane, JSON.stringify(fields), limit)
        .all()
      return results.map((row) => eventSchema.parse(row))
    },

    /** Archives what a webhook brought; the webhook is done with then. Doing it twice changes nothing. */
    async keep(phoneNumberId: string, event: ArchiveEvent, entry: ArchiveEntry): Promise<void> {
      const scope = { db, orgId, phoneNumberId }
      const people = new Map(entry.messages.map(({ contact, phone }) => [contact, phone]))
      await db.batch([
        ...messageStatements(scope, entry.messages),
        ...actStatements(scope, event.id, entry.acts),
        ...peopleStatements(scope, people),
        ...contactStatements(scope, event.id, entry.contacts),
        ...historyStatements(scope, { ...entry, heardAt: event.receivedAt }),
        db.prepare('DELETE FROM account_events WHERE org_id = ?1 AND id = ?2').bind(orgId, event.id),
      ])
    },

    /**
     * Meta was asked for the history at `at`. `isNew`: it begins again, but for what has come already, as webhooks may be faster than its
     * answer and clocks differ; else Meta was asked before, and what came since counts.
     */
    async asked(phoneNumberId: string, at: number, isNew: boolean): Promise<void> {
      await db
        .prepare(
          `INSERT INTO archives (org_id, phone_number_id, asked_at) VALUES (?1, ?2, ?3)
           ON CONFLICT (org_id, phone_number_id) DO UPDATE SET
             asked_at = CASE WHEN ?4 THEN ?3 ELSE COALESCE(asked_at, ?3) END,
             progress = CASE WHEN ?4 AND COALESCE(heard_at, 0) < ?5 THEN NULL ELSE progress END,
             declined = CASE WHEN ?4 AND COALESCE(heard_at, 0) < ?5 THEN NULL ELSE declined END`,
        )
        .bind(orgId, phoneNumberId, at, isNew ? 1 : 0, at - CLOCKS_DIFFER_MS)
        .run()
    },
  }
}

export type ArchiveRepo = ReturnType<typeof createArchiveRepo>
