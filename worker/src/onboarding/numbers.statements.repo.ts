import type { OrgScope } from '../platform/scope.ts'

type Scope = Pick<OrgScope, 'db' | 'orgId'>

export type NumberToConnect = {
  phoneNumberId: string
  wabaId: string
  portfolioId: string
  displayPhoneNumber: string
  /** The account's token, sealed for this number. */
  token: string
  readAt: number
}

/** What Meta says of a number, read at `readAt`: newer news of our own is not undone by it. `isRegistered` is null for no news. */
export type NumberFactsToSave = {
  phoneNumberId: string
  displayPhoneNumber: string
  verifiedName: string | null
  nameStatus: string | null
  newName: string | null
  newNameStatus: string | null
  quality: string | null
  messagingLimit: string | null
  codeStatus: string | null
  platformStatus: string | null
  isCoexistent: boolean
  isRegistered: boolean | null
  readAt: number
}

/** A number of a connected account. One that is there keeps what is known of it and gets the token. */
export function connectNumber({ db, orgId }: Scope, number: NumberToConnect): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO numbers (org_id, phone_number_id, waba_id, portfolio_id, display_phone_number, token, connected_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
       ON CONFLICT (org_id, phone_number_id) DO UPDATE SET waba_id = excluded.waba_id,
         portfolio_id = COALESCE(NULLIF(excluded.portfolio_id, ''), portfolio_id),
         token = excluded.token, status = 'connected', status_reason = NULL`,
    )
    .bind(
      ...[orgId, number.phoneNumberId, number.wabaId, number.portfolioId, number.displayPhoneNumber],
      ...[number.token, number.readAt],
    )
}

export function saveNumberFacts({ db, orgId }: Scope, facts: NumberFactsToSave): D1PreparedStatement {
  const isVerified = facts.codeStatus?.toLowerCase() === 'verified' ? 1 : 0
  return db
    .prepare(
      `UPDATE numbers SET display_phone_number = COALESCE(NULLIF(?3, ''), display_phone_number),
         verified_name = COALESCE(?4, verified_name), name_status = COALESCE(?5, name_status), new_name = ?6, new_name_status = ?7, quality = ?8,
         messaging_limit = COALESCE(?9, messaging_limit), platform_status = COALESCE(?11, platform_status), is_coexistent = MAX(is_coexistent, ?12),
         code_status = CASE WHEN verified_at > ?15 THEN code_status ELSE ?10 END,
         verified_at = CASE WHEN ?13 THEN COALESCE(verified_at, ?15) WHEN verified_at > ?15 THEN verified_at END,
         registered_at = CASE WHEN ?14 THEN COALESCE(registered_at, ?15) WHEN ?14 IS NULL OR registered_at > ?15 THEN registered_at END
       WHERE org_id = ?1 AND phone_number_id = ?2`,
    )
    .bind(
      ...[orgId, facts.phoneNumberId, facts.displayPhoneNumber, facts.verifiedName, facts.nameStatus, facts.newName],
      ...[facts.newNameStatus, facts.quality, facts.messagingLimit, facts.codeStatus, facts.platformStatus],
      ...[facts.isCoexistent ? 1 : 0, isVerified, facts.isRegistered === null ? null : Number(facts.isRegistered)],
      facts.readAt,
    )
}

const FIRST_VERIFIED = `SELECT phone_number_id FROM numbers WHERE org_id = ?1 AND verified_at IS NOT NULL AND status <> 'disconnected'
  ORDER BY verified_at`

/** The number in trial is the first one that is verified; once there is one it stays. Among equals the preferred one is first. */
export function noteTrialNumber({ db, orgId }: Scope, preferred: string | null): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE organisations SET trial_number = (${FIRST_VERIFIED}, phone_number_id IS ?2 DESC, phone_number_id LIMIT 1)
       WHERE id = ?1 AND trial_number IS NULL`,
    )
    .bind(orgId, preferred)
}

/**
 * A number that went with its account is neither the one in trial nor the designated one any more: another one would wait for it for
 * ever. Places and clock are the organisation's, so nobody tries longer by that.
 */
export function letGoOfNumbers({ db, orgId }: Scope): D1PreparedStatement {
  const stays = (number: string): string =>
    `EXISTS (SELECT 1 FROM numbers WHERE org_id = ?1 AND phone_number_id = ${number} AND status <> 'disconnected')`
  return db
    .prepare(
      `UPDATE organisations SET
         trial_number = CASE WHEN ${stays('trial_number')} THEN trial_number ELSE (${FIRST_VERIFIED}, phone_number_id LIMIT 1) END,
         designated_number = CASE WHEN ${stays('designated_number')} THEN designated_number END
       WHERE id = ?1`,
    )
    .bind(orgId)
}
