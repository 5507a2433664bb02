import { z } from 'zod'
import type { Counters } from '../../../contract/index.ts'
import type { OrgScope } from '../platform/scope.ts'
import type { Place } from './ingest.types.ts'

type Scope = Pick<OrgScope, 'db' | 'orgId'>

const countersSchema = z.object({
  received: z.number(),
  stored: z.number(),
  duplicate: z.number(),
  ignored: z.number(),
  dead: z.number(),
})
const waitingSchema = z.object({ waiting: z.number() })
const groundSchema = z.object({ portfolio_id: z.string() })
const placeSchema = z.object({ part: z.number(), unit: z.number() })

/** The part of a lane that holds what has not reached D1. */
export type Backlog = { backlog(): Promise<{ units: number }> }

/**
 * The counters of a number: received = stored + duplicate + ignored + dead + waiting. `waiting` is what its lane has not drained yet
 * and the statuses whose message is not known yet; the stored row counts the latter as stored. A number that never received
 * anything has zeros.
 */
export async function readCounters({ db, orgId }: Scope, lane: Backlog, phoneNumberId: string): Promise<Counters> {
  const { units } = await lane.backlog()
  // One batch is one transaction: a status that stops waiting in between would be counted twice or not at all.
  const [counted, waited] = await db.batch([
    db
      .prepare(
        `SELECT received, stored, duplicate, ignored, dead FROM counters WHERE org_id = ?1 AND phone_number_id = ?2`,
      )
      .bind(orgId, phoneNumberId),
    db
      .prepare('SELECT COUNT(*) AS waiting FROM waiting_statuses WHERE org_id = ?1 AND phone_number_id = ?2')
      .bind(orgId, phoneNumberId),
  ])
  const row = counted?.results[0]
  const sums = row === undefined ? ZEROS : countersSchema.parse(row)
  const { waiting } = waitingSchema.parse(waited?.results[0])
  return { ...sums, received: sums.received + units, stored: sums.stored - waiting, waiting: waiting + units }
}

const ZEROS = { received: 0, stored: 0, duplicate: 0, ignored: 0, dead: 0 }

/** Up to where D1 holds a lane. */
export async function readPlace({ db, orgId }: Scope, phoneNumberId: string): Promise<Place> {
  const row = await db
    .prepare(
      `SELECT high_water / 2097152 AS part, high_water % 2097152 AS unit FROM counters
       WHERE org_id = ?1 AND phone_number_id = ?2`,
    )
    .bind(orgId, phoneNumberId)
    .first()
  return row === null ? { part: 0, unit: 0 } : placeSchema.parse(row)
}

/** The business portfolio of a number, which user ids belong to; null while the organisation does not have the number. */
export async function readPortfolio({ db, orgId }: Scope, phoneNumberId: string): Promise<string | null> {
  const row = await db
    .prepare('SELECT portfolio_id FROM numbers WHERE org_id = ?1 AND phone_number_id = ?2')
    .bind(orgId, phoneNumberId)
    .first()
  return row === null ? null : groundSchema.parse(row).portfolio_id
}
