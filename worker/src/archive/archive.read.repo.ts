import { z } from 'zod'
import { messageContentSchema } from '../../../contract/index.ts'
import type { OrgScope } from '../platform/scope.ts'
import type { HistoryFacts } from './archive.model.ts'

const directionSchema = z.enum(['in', 'out'])
const messageSchema = z
  .object({
    wamid: z.string(),
    phone: z.string(),
    direction: directionSchema,
    content: z.string().transform((json) => messageContentSchema.parse(JSON.parse(json))),
    summary: z.string(),
    sent_at: z.number(),
    edited_at: z.number().nullable(),
    status: z.string().nullable(),
  })
  .transform(({ sent_at, edited_at, ...message }) => ({ ...message, sentAt: sent_at, isEdited: edited_at !== null }))
export type ReadMessage = z.output<typeof messageSchema>

const personSchema = z
  .object({
    contact_id: z.string(),
    phone: z.string(),
    name: z.string().nullable(),
    messages: z.number(),
    last_at: z.number(),
    direction: directionSchema.nullable(),
    summary: z.string().nullable(),
  })
  .transform(({ contact_id, last_at, ...person }) => ({ ...person, contact: contact_id, lastAt: last_at }))
export type ReadPerson = z.output<typeof personSchema>

const historySchema = z
  .object({ asked_at: z.number().nullable(), progress: z.number().nullable(), declined: z.string().nullable() })
  .transform(({ asked_at, ...history }) => ({ ...history, askedAt: asked_at }))

/** Where a page ends: the place of its last row. */
export type Place = { at: number; id: string }

/** What is looked for: a part of a name in its search form, or the digits of a number; empty where there is none. */
export type PeopleQuery = { name: string; digits: string }

const PEOPLE = `SELECT p.contact_id, p.phone, p.name, p.messages, p.last_at, m.direction, m.summary FROM archived_people p
  LEFT JOIN archived_messages m ON m.org_id = p.org_id AND m.wamid = p.last_wamid
  WHERE p.org_id = ?1 AND p.phone_number_id = ?2 AND (p.messages > 0 OR p.name IS NOT NULL)`

/** The archive of the Business app as it is read. */
export function createArchiveReader({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>) {
  return {
    /** People, the latest first, from after a place on; whoever never wrote comes last. */
    async listPeople(
      phoneNumberId: string,
      page: { query: PeopleQuery; after: Place | null; limit: number },
    ): Promise<ReadPerson[]> {
      const { query, after, limit } = page
      const { results } = await db
        .prepare(
          `${PEOPLE} AND (?3 IS NULL OR (p.last_at, p.contact_id) < (?3, ?4))
           AND ((?5 = '' AND ?6 = '') OR (?5 <> '' AND instr(p.name_search, ?5) > 0)
             OR (?6 <> '' AND (instr(p.phone, ?6) > 0 OR instr(p.contact_id, ?6) > 0)))
           ORDER BY p.last_at DESC, p.contact_id DESC LIMIT ?7`,
        )
        .bind(orgId, phoneNumberId, after?.at ?? null, after?.id ?? null, query.name, query.digits, limit)
        .all()
      return results.map((row) => personSchema.parse(row))
    },

    /** Messages, the newest first, from before a place on; of one person where `contact` is given. */
    async listMessages(
      phoneNumberId: string,
      page: { before: Place | null; contact: string | null; limit: number },
    ): Promise<ReadMessage[]> {
      const { before, contact, limit } = page
      const { results } = await db
        .prepare(
          `SELECT m.wamid, COALESCE(p.phone, m.contact_id) AS phone, m.direction, m.content, m.summary, m.sent_at, m.edited_at, m.status
           FROM archived_messages m LEFT JOIN archived_people p
             ON p.org_id = m.org_id AND p.phone_number_id = m.phone_number_id AND p.contact_id = m.contact_id
           WHERE m.org_id = ?1 AND m.phone_number_id = ?2 AND (?3 IS NULL OR (m.sent_at, m.wamid) < (?3, ?4))
             ${contact === null ? 'AND ?5 IS NULL' : 'AND m.contact_id = ?5'}
           ORDER BY m.sent_at DESC, m.wamid DESC LIMIT ?6`,
        )
        .bind(orgId, phoneNumberId, before?.at ?? null, before?.id ?? null, contact, limit)
        .all()
      return results.map((row) => messageSchema.parse(row))
    },

    async findHistory(phoneNumberId: string): Promise<HistoryFacts> {
      const row = await db
        .prepare('SELECT asked_at, progress, declined FROM archives WHERE org_id = ?1 AND phone_number_id = ?2')
        .bind(orgId, phoneNumberId)
        .first()
      return row === null ? { askedAt: null, progress: null, declined: null } : historySchema.parse(row)
    },
  }
}
