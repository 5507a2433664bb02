import type { Pool } from '../../../contract/index.ts'
import type { OrgScope } from '../platform/scope.ts'
import { standingText } from './quotas.repo.ts'

/** Who cannot be reached takes no place: "undeliverable", of which Meta may tell after it took the message. */
export const UNREACHABLE = 131026

type Org = Pick<OrgScope, 'db' | 'orgId'>

/**
 * What a send was allowed by: the facts it was judged from, and the pool whose place it needs. It is worth something only inside a
 * transaction that asks `permitHolds` again.
 */
export type Permit = { phoneNumberId: string; standing: string | null; pool: Pool | null; limit: number }

/**
 * Takes a place for a contact: exactly one of those who race for the last one gets it, whatever number of Workers. Nothing happens
 * where the contact has one, where none is left, or where the facts changed. To stand in the batch of what is sent, before it.
 * `contact` and `onlyIf` are SQL over the values bound from ?7 on.
 */
export function takePlace(
  { db, orgId }: Org,
  permit: Permit,
  now: number,
  who: { contact: string; onlyIf?: string; values: readonly (string | number | null)[] },
): D1PreparedStatement[] {
  if (permit.pool === null) return []
  return [
    db
      .prepare(
        `INSERT INTO places (org_id, pool, contact_id, taken_at)
         SELECT ?1, ?2, ${who.contact}, ?3
         WHERE COALESCE((SELECT used FROM place_counts WHERE org_id = ?1 AND pool = ?2), 0) < ?4
           AND ${standingText('?1', '?5')} IS ?6 AND (${who.onlyIf ?? '1'})
         ON CONFLICT DO NOTHING`,
      )
      .bind(orgId, permit.pool, now, permit.limit, permit.phoneNumberId, permit.standing, ...who.values),
  ]
}

/**
 * The condition under which something may go out on a permit: the facts are still those it was given for, and the contact has its
 * place. Everything named is SQL; `permitValues` are what the last three stand for.
 */
export function permitHolds(names: {
  org: string
  contact: string
  number: string
  standing: string
  pool: string
}): string {
  return `${standingText(names.org, names.number)} IS ${names.standing}
    AND (${names.pool} IS NULL OR EXISTS (SELECT 1 FROM places
      WHERE org_id = ${names.org} AND pool = ${names.pool} AND contact_id = ${names.contact}))`
}

/** Number, standing and pool of a permit, to be bound. */
export function permitValues({ phoneNumberId, standing, pool }: Permit): [string, string | null, string | null] {
  return [phoneNumberId, standing, pool]
}

/**
 * Gives the place of a message back that has just failed, unless another message to the same person still stands on it. To stand in the
 * batch that fails the message, after it. With `metaCode` only where it failed for that.
 */
export function returnPlace({ db, orgId }: Org, seq: number, metaCode: number | null = null): D1PreparedStatement {
  return db.prepare(returnOf('m.seq = ?2')).bind(orgId, seq, metaCode)
}

/** As `returnPlace`, for many messages at once. */
export function returnPlaces({ db, orgId }: Org, seqs: readonly number[]): D1PreparedStatement {
  return db.prepare(returnOf('m.seq IN (SELECT value FROM json_each(?2))')).bind(orgId, JSON.stringify(seqs), null)
}

function returnOf(which: string): string {
  return `DELETE FROM places
     WHERE org_id = ?1 AND (pool, contact_id) IN (
         SELECT m.place, v.contact_id FROM messages m JOIN conversations v ON v.id = m.conversation_id
         WHERE ${which} AND m.org_id = ?1 AND m.place IS NOT NULL AND m.status = 'failed'
           AND (?3 IS NULL OR json_extract(m.failure, '$.metaCode') = ?3))
       AND NOT EXISTS (
         SELECT 1 FROM numbers n
         CROSS JOIN conversations v ON v.org_id = n.org_id AND v.phone_number_id = n.phone_number_id
           AND v.contact_id = places.contact_id
         CROSS JOIN messages o ON o.conversation_id = v.id AND o.place = places.pool AND o.status <> 'failed'
         WHERE n.org_id = ?1)`
}
