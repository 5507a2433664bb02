import { z } from 'zod'

const rowSchema = z
  .object({
    waba_id: z.string(),
    business_id: z.string(),
    claim_org_id: z.string().nullable(),
    claim_phone_number_id: z.string().nullable(),
    claim_code: z.string().nullable(),
    claim_sent_at: z.number(),
    claim_until: z.number(),
    claim_tries: z.number(),
    claim_wanted_until: z.number(),
    claimed_by: z.string().nullable(),
  })
  .transform((row) => ({
    wabaId: row.waba_id,
    businessId: row.business_id,
    orgId: row.claim_org_id,
    phoneNumberId: row.claim_phone_number_id,
    /** The digits that are looked for in the number's profile; null where Meta sent them. */
    code: row.claim_code,
    sentAt: row.claim_sent_at,
    until: row.claim_until,
    tries: row.claim_tries,
    /** Until then whoever held the last claim stands back. */
    wantedUntil: row.claim_wanted_until,
    claimedBy: row.claimed_by,
  }))
export type Claim = z.output<typeof rowSchema>

const DAY_MS = 24 * 60 * 60_000

/** Where the claims are counted that an organisation began in the day of `now`. */
const turnsKey = (orgId: string, now: number): string => `$."${orgId}:${Math.floor(now / DAY_MS)}"`

/** When claims are counted anew. */
export const nextTurnsAt = (now: number): number => (Math.floor(now / DAY_MS) + 1) * DAY_MS

/** Accounts of hosted signup, which names no organisation: who claims one, one at a time. */
export function createClaimsRepo(db: D1Database) {
  return {
    /** An account that Meta says was shared with our app. What is known of it stays. */
    async note(account: { wabaId: string; businessId: string; seenAt: number }): Promise<void> {
      await db
        .prepare(
          'INSERT INTO unclaimed_accounts (waba_id, business_id, seen_at) VALUES (?1, ?2, ?3) ON CONFLICT (waba_id) DO NOTHING',
        )
        .bind(account.wabaId, account.businessId, account.seenAt)
        .run()
    },

    /** Null for an account that Meta did not tell of. `owner` is the organisation it is connected to by now. */
    async find(wabaId: string): Promise<{ claim: Claim; owner: string | null } | null> {
      const [claims, routes] = await db.batch([
        db.prepare('SELECT * FROM unclaimed_accounts WHERE waba_id = ?1').bind(wabaId),
        db.prepare('SELECT org_id FROM account_routes WHERE waba_id = ?1').bind(wabaId),
      ])
      const [row] = claims?.results ?? []
      if (row === undefined) return null
      const route = z.object({ org_id: z.string() }).safeParse(routes?.results[0]).data
      return { claim: rowSchema.parse(row), owner: route?.org_id ?? null }
    },

    /**
     * Begins a claim, or goes on with one's own. False while another organisation's is under way, after one was proved, for an
     * organisation that began `turns` claims that day, and for the one that held the last claim while another waits for its turn.
     */
    async begin(claim: { orgId: string; wabaId: string; now: number; until: number; turns: number }): Promise<boolean> {
      const own = 'claim_org_id = ?2 AND claim_until > ?3'
      const begun = 'COALESCE(json_extract(claim_turns, ?5), 0)'
      const { meta } = await db
        .prepare(
          `UPDATE unclaimed_accounts SET claim_until = ?4,
             claim_turns = CASE WHEN ${own} THEN claim_turns ELSE json_set(claim_turns, ?5, ${begun} + 1) END,
             claim_tries = CASE WHEN ${own} THEN claim_tries ELSE 0 END,
             claim_phone_number_id = CASE WHEN ${own} THEN claim_phone_number_id END,
             claim_code = CASE WHEN ${own} THEN claim_code END,
             claim_sent_at = CASE WHEN ${own} THEN claim_sent_at ELSE 0 END,
             claim_org_id = ?2
           WHERE waba_id = ?1 AND (claimed_by IS NULL OR claimed_by = ?2) AND (${own} OR
             (claim_org_id IS NULL OR claim_until <= ?3) AND ${begun} < ?6
               AND (claim_org_id IS NULL OR claim_org_id <> ?2 OR claim_wanted_until <= ?3))`,
        )
        .bind(claim.wabaId, claim.orgId, claim.now, claim.until, turnsKey(claim.orgId, claim.now), claim.turns)
        .run()
      return meta.changes > 0
    },

    /** Somebody wants to claim what another organisation claims: that one stands back for `waitMs` when its claim is over. */
    async want(claim: { orgId: string; wabaId: string; now: number; waitMs: number }): Promise<void> {
      await db
        .prepare(
          `UPDATE unclaimed_accounts SET claim_wanted_until = claim_until + ?4
           WHERE waba_id = ?1 AND claim_org_id <> ?2 AND claim_until > ?3`,
        )
        .bind(claim.wabaId, claim.orgId, claim.now, claim.waitMs)
        .run()
    },

    /** How one's claim is proved: by the number that gets a code, or by digits to be found in its profile. */
    async sent(claim: {
      orgId: string
      wabaId: string
      phoneNumberId: string
      code: string | null
      now: number
    }): Promise<void> {
      await db
        .prepare(
          `UPDATE unclaimed_accounts SET claim_phone_number_id = ?3, claim_code = ?4, claim_sent_at = ?5
           WHERE waba_id = ?1 AND claim_org_id = ?2`,
        )
        .bind(claim.wabaId, claim.orgId, claim.phoneNumberId, claim.code, claim.now)
        .run()
    },

    /** Lets go of one's claim: nothing was sent, so it counts for nothing. */
    async end(orgId: string, wabaId: string, now: number): Promise<void> {
      await db
        .prepare(
          `UPDATE unclaimed_accounts SET claim_org_id = NULL, claim_until = 0,
             claim_turns = json_set(claim_turns, ?3, MAX(COALESCE(json_extract(claim_turns, ?3), 0) - 1, 0))
           WHERE waba_id = ?1 AND claim_org_id = ?2`,
        )
        .bind(wabaId, orgId, turnsKey(orgId, now))
        .run()
    },

    /** Takes one of the tries of one's claim; false when there is none left, or the claim is over. */
    async takeTry(orgId: string, wabaId: string, now: number, max: number): Promise<boolean> {
      const { meta } = await db
        .prepare(
          `UPDATE unclaimed_accounts SET claim_tries = claim_tries + 1
           WHERE waba_id = ?1 AND claim_org_id = ?2 AND claim_until > ?3 AND claim_tries < ?4`,
        )
        .bind(wabaId, orgId, now, max)
        .run()
      return meta.changes > 0
    },

    /** The claim is proved: what follows may be repeated without another proof. */
    async prove(orgId: string, wabaId: string): Promise<boolean> {
      const { meta } = await db
        .prepare(
          `UPDATE unclaimed_accounts SET claimed_by = ?2
           WHERE waba_id = ?1 AND claim_org_id = ?2 AND (claimed_by IS NULL OR claimed_by = ?2)`,
        )
        .bind(wabaId, orgId)
        .run()
      return meta.changes > 0
    },
  }
}

export type ClaimsRepo = ReturnType<typeof createClaimsRepo>
