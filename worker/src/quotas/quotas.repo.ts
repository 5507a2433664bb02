import { z } from 'zod'
import type { Pool, Standing } from '../../../contract/index.ts'
import type { OrgScope } from '../platform/scope.ts'
import { standingOf } from './standing.model.ts'
import { readStandingFacts } from './standing.rows.ts'
import type { StandingFacts, Usage } from './standing.types.ts'

const DAY_MS = 24 * 60 * 60 * 1_000

type Org = Pick<OrgScope, 'db' | 'orgId'>

/**
 * Everything that decides how a number stands, as one JSON text of a row of `numbers` called `n`: two equal texts are the same facts. What a
 * decision was made from is compared with what is true inside the very transaction that acts on it.
 */
const STANDING = `json_object(
    'phoneNumberId', n.phone_number_id, 'nameStatus', n.name_status, 'platformStatus', n.platform_status,
    'numberLimit', n.messaging_limit, 'isCoexistent', n.is_coexistent, 'registeredAt', n.registered_at, 'failure', n.failure,
    'accountLimit', a.messaging_limit,
    'account', CASE WHEN a.waba_id IS NULL THEN NULL ELSE json_object(
      'how', a.how, 'businessVerification', a.business_verification, 'wasVerified', a.was_verified,
      'reviewStatus', a.review_status, 'reviewPendingSince', a.review_pending_since,
      'reviewSubmittedAt', a.review_submitted_at, 'rejectedAt', a.rejected_at, 'restriction', a.restriction,
      'restrictedUntil', a.restricted_until, 'isBanned', a.is_banned, 'payment', a.payment, 'failure', a.failure) END,
    'trialStartedAt', o.trial_started_at, 'trialNumber', o.trial_number,
    'trialDisplay', (SELECT t.display_phone_number FROM numbers t WHERE t.org_id = n.org_id AND t.phone_number_id = o.trial_number),
    'designatedNumber', COALESCE(o.designated_number, o.trial_number), 'isChosen', o.designated_number IS NOT NULL,
    'channel', CASE WHEN h.id IS NULL THEN 'none' WHEN h.removed_at IS NOT NULL THEN 'removed'
      WHEN h.off_at IS NOT NULL THEN 'off' ELSE 'on' END)`

const STANDING_FROM = `numbers n JOIN organisations o ON o.id = n.org_id
  LEFT JOIN accounts a ON a.org_id = n.org_id AND a.waba_id = n.waba_id
  LEFT JOIN channels h ON h.org_id = n.org_id AND h.phone_number_id = n.phone_number_id`

/** The facts of one number as an expression; NULL for one that is not connected. `org` and `number` are SQL. */
export function standingText(org: string, number: string): string {
  return `(SELECT ${STANDING} FROM ${STANDING_FROM} WHERE n.org_id = ${org} AND n.phone_number_id = ${number})`
}

const textSchema = z.object({ standing: z.string() })
const countSchema = z.object({ pool: z.string(), used: z.number() })
const metaSchema = z.object({ people: z.number() })

/** How an organisation's numbers stand. */
export function createQuotasRepo({ db, orgId }: Org) {
  const counts = (): D1PreparedStatement =>
    db.prepare('SELECT pool, used FROM place_counts WHERE org_id = ?1').bind(orgId)
  const templated = (now: number): D1PreparedStatement =>
    db
      .prepare(
        `SELECT COUNT(DISTINCT conversation_id) AS people FROM messages INDEXED BY messages_templates_sent
         WHERE org_id = ?1 AND sent_at > ?2 AND direction = 'out' AND kind = 'template' AND status <> 'failed'`,
      )
      .bind(orgId, now - DAY_MS)

  return {
    /** What is known of a number, with the text it was read from; null for one that is not connected. */
    async readStanding(phoneNumberId: string): Promise<KnownStanding | null> {
      const text = await db
        .prepare(`SELECT ${standingText('?1', '?2')} AS standing`)
        .bind(orgId, phoneNumberId)
        .first('standing')
      return knownStanding(z.string().nullable().parse(text))
    },

    /** Places taken in each pool, and people whom templates reached in the last 24 hours. */
    async readUsage(now: number): Promise<Usage> {
      const [places, people] = await db.batch([counts(), templated(now)])
      return usageOf(places, people)
    },

    async hasPlace(pool: Pool, contactId: string): Promise<boolean> {
      const row = await db
        .prepare('SELECT 1 FROM places WHERE org_id = ?1 AND pool = ?2 AND contact_id = ?3')
        .bind(orgId, pool, contactId)
        .first()
      return row !== null
    },

    /** How each number stands, by its id; those that went with their account stand in no way any more. */
    async listStandings(now: number): Promise<Map<string, Standing>> {
      const [numbers, places, people] = await db.batch([
        db
          .prepare(
            `SELECT ${STANDING} AS standing FROM ${STANDING_FROM} WHERE n.org_id = ?1 AND n.status <> 'disconnected'`,
          )
          .bind(orgId),
        counts(),
        templated(now),
      ])
      const usage = usageOf(places, people)
      const facts = (numbers?.results ?? []).map((row) => readStandingFacts(textSchema.parse(row).standing))
      return new Map(facts.map((one) => [one.phoneNumberId, standingOf(one, usage, now)]))
    },
  }
}

export type QuotasRepo = ReturnType<typeof createQuotasRepo>

/** Facts and the text they were read from: a decision holds only as long as the text is the same. */
export type KnownStanding = { text: string; facts: StandingFacts }

export function knownStanding(text: string | null): KnownStanding | null {
  return text === null ? null : { text, facts: readStandingFacts(text) }
}

function usageOf(places: D1Result | undefined, people: D1Result | undefined): Usage {
  const used = new Map((places?.results ?? []).map((row) => countSchema.parse(row)).map((row) => [row.pool, row.used]))
  return {
    templates: used.get('templates') ?? 0,
    answers: used.get('answers') ?? 0,
    customers: used.get('customers') ?? 0,
    meta: metaSchema.parse(people?.results[0]).people,
  }
}
