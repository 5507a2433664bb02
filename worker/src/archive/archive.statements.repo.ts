import { insertRows } from '../ingest/bulk.repo.ts'
import type { OrgScope } from '../platform/scope.ts'
import type { ArchivedContact } from './archive.model.ts'
import { PLACEHOLDER, searchForm } from './archive.model.ts'

/** A row of the archive; `content` is JSON. */
export type ArchiveRow = {
  wamid: string
  contact: string
  phone: string
  direction: 'in' | 'out'
  content: string
  summary: string
  sentAt: number
  status: string | null
}

/** What whoever wrote a message did with it later: `text` is how it reads now, null where it was deleted. */
export type ArchivedAct = {
  wamid: string
  target: string
  contact: string
  text: string | null
  summary: string
  at: number
}

type Scope = Pick<OrgScope, 'db' | 'orgId'> & { phoneNumberId: string }

/** People per statement: a value of D1 takes 2 MB. */
const MAX_PEOPLE = 1_000

/** Messages, each kept once; a file takes its placeholder's place. */
export function messageStatements({ db, orgId, phoneNumberId }: Scope, messages: readonly ArchiveRow[]) {
  return insertRows(db, {
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
  })
}

/**
 * A message that was edited or deleted reads as its writer left it, and a deleted one keeps nothing of what it said. What did so stands
 * for itself only where that message is not here. A webhook that is done with changes nothing.
 */
export function actStatements(
  { db, orgId }: Scope,
  eventId: number,
  acts: readonly ArchivedAct[],
): D1PreparedStatement[] {
  return acts.flatMap(({ wamid, target, contact, text, summary, at }) => [
    db
      .prepare(
        `UPDATE archived_messages SET summary = ?5, edited_at = ?6, content = CASE
             WHEN ?4 IS NULL THEN json_object('kind', 'revoke', 'targetWamid', NULL)
             WHEN json_type(content, '$.media') = 'object' THEN json_set(content, '$.media.caption', ?4)
             ELSE json_object('kind', 'text', 'text', ?4) END
         WHERE org_id = ?1 AND wamid = ?2 AND contact_id = ?3 AND COALESCE(edited_at, 0) <= ?6
           AND (?4 IS NULL OR json_extract(content, '$.kind') <> 'revoke')
           AND EXISTS (SELECT 1 FROM account_events WHERE org_id = ?1 AND id = ?7)`,
      )
      .bind(orgId, target, contact, text, summary, at, eventId),
    db
      .prepare(
        `DELETE FROM archived_messages WHERE org_id = ?1 AND wamid = ?2 AND wamid <> ?3
           AND EXISTS (SELECT 1 FROM archived_messages WHERE org_id = ?1 AND wamid = ?3 AND contact_id = ?4)`,
      )
      .bind(orgId, wamid, target, contact),
  ])
}

/** Counts and last messages of these people, read from what is kept: doing it twice changes nothing. */
export function peopleStatements({ db, orgId, phoneNumberId }: Scope, people: ReadonlyMap<string, string>) {
  const mine = `FROM archived_messages m WHERE m.org_id = ?1 AND m.contact_id = p.value ->> 0 AND m.phone_number_id = ?2`
  return slices([...people]).map((some) =>
    db
      .prepare(
        `INSERT INTO archived_people (org_id, phone_number_id, contact_id, phone, last_wamid, last_at, messages)
         SELECT ?1, ?2, p.value ->> 0, p.value ->> 1,
           (SELECT m.wamid ${mine} ORDER BY m.sent_at DESC, m.wamid DESC LIMIT 1),
           (SELECT COALESCE(MAX(m.sent_at), 0) ${mine}), (SELECT COUNT(*) ${mine})
         FROM json_each(?3) p WHERE true
         ON CONFLICT (org_id, phone_number_id, contact_id) DO UPDATE SET phone = excluded.phone,
           last_wamid = excluded.last_wamid, last_at = excluded.last_at, messages = excluded.messages`,
      )
      .bind(orgId, phoneNumberId, JSON.stringify(some)),
  )
}

/** Names as the address book has them; what it said earlier changes nothing, nor does a webhook that is done with. */
export function contactStatements(
  { db, orgId, phoneNumberId }: Scope,
  eventId: number,
  contacts: readonly ArchivedContact[],
): D1PreparedStatement[] {
  const rows = contacts.map(({ contact, phone, name, at }) => [
    ...[contact, phone, name, name === null ? null : searchForm(name), at],
  ])
  return slices(rows).map((some) =>
    db
      .prepare(
        `INSERT INTO archived_people (org_id, phone_number_id, contact_id, phone, name, name_search, named_at)
         SELECT ?1, ?2, p.value ->> 0, p.value ->> 1, p.value ->> 2, p.value ->> 3, p.value ->> 4
         FROM json_each(?3) p WHERE EXISTS (SELECT 1 FROM account_events WHERE org_id = ?1 AND id = ?4)
         ON CONFLICT (org_id, phone_number_id, contact_id) DO UPDATE SET name = excluded.name,
           name_search = excluded.name_search, named_at = excluded.named_at
         WHERE excluded.named_at >= COALESCE(archived_people.named_at, 0)`,
      )
      .bind(orgId, phoneNumberId, JSON.stringify(some), eventId),
  )
}

/** How far the history is. It only rises, as Meta's webhooks come in any order; and chats that come are no longer kept back. */
export function historyStatements(
  { db, orgId, phoneNumberId }: Scope,
  { progress, declined, heardAt }: { progress: number | null; declined: string | null; heardAt: number },
): D1PreparedStatement[] {
  if (progress === null && declined === null) return []
  return [
    db
      .prepare(
        `INSERT INTO archives (org_id, phone_number_id, heard_at, progress, declined) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (org_id, phone_number_id) DO UPDATE SET heard_at = MAX(COALESCE(heard_at, 0), excluded.heard_at),
           progress = CASE WHEN excluded.progress IS NULL THEN progress ELSE MAX(COALESCE(progress, 0), excluded.progress) END,
           declined = CASE WHEN excluded.progress IS NULL THEN excluded.declined END`,
      )
      .bind(orgId, phoneNumberId, heardAt, progress, declined),
  ]
}

function slices<T>(items: readonly T[]): T[][] {
  const lists: T[][] = []
  for (let start = 0; start < items.length; start += MAX_PEOPLE) lists.push(items.slice(start, start + MAX_PEOPLE))
  return lists
}
