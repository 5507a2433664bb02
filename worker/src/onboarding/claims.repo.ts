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
    claimedBy: row.claimed_by,
  }))
export type Claim = z.output<typeof rowSchema>

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

    /** Begins a claim, or goes on with one's own. False while another organisation's is under way, or after one was proved. */
    async begin(claim: { orgId: string; wabaId: string; now: number; until: number }): Promise<boolean> {
      const { meta } = await db
        .prepare(
          `UPDATE unclaimed_accounts SET claim_until = ?4,
             claim_tries = CASE WHEN claim_org_id = ?2 AND claim_until > ?3 THEN claim_tries ELSE 0 END,
             claim_phone_number_id = CASE WHEN claim_org_id = ?2 AND claim_until > ?3 THEN claim_phone_number_id END,
             claim_code = CASE WHEN claim_org_id = ?2 AND claim_until > ?3 THEN claim_code END,
             claim_sent_at = CASE WHEN claim_org_id = ?2 AND claim_until > ?3 THEN claim_sent_at ELSE 0 END,
             claim_org_id = ?2
           WHERE waba_id = ?1 AND (claimed_by IS NULL OR claimed_by = ?2)
             AND (claim_org_id IS NULL OR claim_org_id = ?2 OR claim_until <= ?3)`,
        )
        .bind(claim.wabaId, claim.orgId, claim.now, claim.until)
        .run()
      return meta.changes > 0
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

    /** Lets go of one's claim: nothing was sent. */
    async end(orgId: string, wabaId: string): Promise<void> {
      await db
        .prepare(
          'UPDATE unclaimed_accounts SET claim_org_id = NULL, claim_until = 0 WHERE waba_id = ?1 AND claim_org_id = ?2',
        )
        .bind(wabaId, orgId)
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
