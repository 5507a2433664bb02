import type { OrgScope } from '../platform/scope.ts'

/** An account as the operator knows it. Words are in lower case; null where nothing was said. */
export type AccountToSave = {
  wabaId: string
  businessId: string
  /** Sealed. */
  token: string
  name: string
  businessVerification: string | null
  reviewStatus: string | null
  payment: 'present' | 'missing' | 'unknown'
}

type Org = Pick<OrgScope, 'db' | 'orgId'>

/** What an operator connects an account with. What is known of one that is there stays where the operator says nothing. */
export function saveOperatorAccount({ db, orgId }: Org, account: AccountToSave, now: number): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO accounts (org_id, waba_id, name, business_id, how, token, token_issued_at, business_verification, was_verified,
         review_status, payment, connected_at)
       VALUES (?1, ?2, ?3, ?4, 'operator', ?5, ?6, ?7, ?7 IS 'verified', ?8, ?9, ?6)
       ON CONFLICT (org_id, waba_id) DO UPDATE SET token = excluded.token, token_issued_at = excluded.token_issued_at,
         name = COALESCE(NULLIF(excluded.name, ''), name),
         business_verification = COALESCE(excluded.business_verification, business_verification),
         was_verified = MAX(was_verified, excluded.was_verified),
         review_status = COALESCE(excluded.review_status, review_status),
         payment = CASE WHEN excluded.payment = 'unknown' THEN payment ELSE excluded.payment END`,
    )
    .bind(
      ...[orgId, account.wabaId, account.name, account.businessId, account.token, now],
      ...[account.businessVerification, account.reviewStatus, account.payment],
    )
}

/** The first channel starts the trial, on the first number; neither changes afterwards unless the operator says so. */
export function startTrial(
  { db, orgId }: Org,
  phoneNumberId: string,
  startedAt: number | null,
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE organisations SET trial_started_at = COALESCE(?3, trial_started_at, ?4), trial_number = COALESCE(trial_number, ?2)
       WHERE id = ?1`,
    )
    .bind(orgId, phoneNumberId, startedAt, now)
}
