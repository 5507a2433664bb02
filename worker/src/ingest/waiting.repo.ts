import type { OrgScope } from '../platform/scope.ts'
import { STATUS_RANKS } from './statuses.model.ts'

type Scope = Pick<OrgScope, 'db' | 'orgId'>

const MESSAGE_RANK = rankOf('messages.status', Object.entries(STATUS_RANKS))

/** A voice message that was played has been read. */
const WAITING_STATUS = `CASE w.status WHEN 'played' THEN 'read' ELSE w.status END`
const WAITING_RANK = rankOf(WAITING_STATUS, Object.entries(STATUS_RANKS))

/**
 * Applies the statuses that wait for these messages: to be run in the transaction that stores the wamid, after it. The status only
 * rises, marks already there stay, price and failure come along; then nothing waits any more. The caller raises the messages' change.
 */
export function applyWaitingStatements(
  { db, orgId }: Scope,
  messages: readonly { seq: number; wamid: string }[],
): D1PreparedStatement[] {
  const waiting = 'FROM waiting_statuses w WHERE w.org_id = ?1 AND w.wamid = ?3'
  const apply = db.prepare(
    `UPDATE messages SET
       status = COALESCE((SELECT ${WAITING_STATUS} ${waiting} AND ${WAITING_RANK} > ${MESSAGE_RANK}
         ORDER BY ${WAITING_RANK} DESC LIMIT 1), status),
       marks = (SELECT json_patch(json_group_object(w.status, w.at), COALESCE(messages.marks, '{}')) ${waiting}),
       pricing = COALESCE((SELECT json_extract(w.body, '$.pricing') ${waiting}
         AND json_extract(w.body, '$.pricing') IS NOT NULL LIMIT 1), pricing),
       failure = COALESCE((SELECT json_extract(w.body, '$.failure') ${waiting} AND w.status = 'failed'), failure)
     WHERE seq = ?2 AND org_id = ?1 AND EXISTS (SELECT 1 ${waiting})`,
  )
  const clear = db.prepare('DELETE FROM waiting_statuses WHERE org_id = ?1 AND wamid = ?2')
  return messages.flatMap(({ seq, wamid }) => [apply.bind(orgId, seq, wamid), clear.bind(orgId, wamid)])
}

function rankOf(column: string, ranks: readonly [string, number][]): string {
  const cases = ranks.map(([status, rank]) => `WHEN '${status}' THEN ${rank}`)
  return `(CASE ${column} ${cases.join(' ')} ELSE 0 END)`
}

/** Gives up on statuses that found no message in time: they count as ignored from now on. Resolves to how many there were. */
export async function expireWaitingStatuses({ db, orgId }: Scope, now: number): Promise<number> {
  const expired = `(SELECT COUNT(*) FROM waiting_statuses w
    WHERE w.org_id = ?1 AND w.phone_number_id = counters.phone_number_id AND w.expires_at <= ?2)`
  const [, deleted] = await db.batch([
    db
      .prepare(
        `UPDATE counters SET ignored = ignored + ${expired}, stored = stored - ${expired}
         WHERE org_id = ?1 AND EXISTS (SELECT 1 FROM waiting_statuses WHERE org_id = ?1 AND expires_at <= ?2)`,
      )
      .bind(orgId, now),
    db.prepare('DELETE FROM waiting_statuses WHERE org_id = ?1 AND expires_at <= ?2').bind(orgId, now),
  ])
  return deleted?.meta.changes ?? 0
}
