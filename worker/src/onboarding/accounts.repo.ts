import type { ProfileDraft, SetupFailure } from '../../../contract/index.ts'
import type { AuditFact } from '../audit/audit.repo.ts'
import { auditStatement } from '../audit/audit.repo.ts'
import type { OrgScope } from '../platform/scope.ts'
import type { AccountRow } from './accounts.rows.ts'
import { accountRowSchema } from './accounts.rows.ts'
import type { NumberFactsToSave, NumberToConnect } from './numbers.statements.repo.ts'
import { connectNumber, letGoOfNumbers, noteTrialNumber, saveNumberFacts } from './numbers.statements.repo.ts'

/** What Meta says of an account, read at `readAt`. Words are in lower case. */
export type AccountFacts = {
  wabaId: string
  name: string
  businessId: string
  businessName: string | null
  businessVerification: string | null
  reviewStatus: string | null
  payment: 'present' | 'missing' | 'unknown'
  readAt: number
}

export type AccountToConnect = AccountFacts & {
  how: AccountRow['how']
  appPath: string
  /** Sealed. */
  token: string
  tokenExpiresAt: number | null
  tokenScopes: readonly string[]
}

const SELECT = `SELECT waba_id, name, business_id, business_name, how, app_path, token, token_expires_at, business_verification,
  review_status, payment, profile_draft, failure, connected_at, checked_at FROM accounts WHERE org_id = ?1`

/** An organisation's WhatsApp Business accounts. Tokens come and go sealed. */
export function createAccountsRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>) {
  const scope = { db, orgId }
  return {
    async list(): Promise<AccountRow[]> {
      const { results } = await db.prepare(`${SELECT} ORDER BY connected_at, waba_id`).bind(orgId).all()
      return results.map((row) => accountRowSchema.parse(row))
    },

    async find(wabaId: string): Promise<AccountRow | null> {
      const row = await db.prepare(`${SELECT} AND waba_id = ?2`).bind(orgId, wabaId).first()
      return row === null ? null : accountRowSchema.parse(row)
    },

    /** The account with its token, facts and numbers, in one transaction. Connected again, it gets the new token everywhere. */
    async connect(
      account: AccountToConnect,
      numbers: readonly (NumberToConnect & NumberFactsToSave)[],
      preferredNumber: string | null,
      audit: AuditFact,
    ): Promise<void> {
      await db.batch([
        db
          .prepare(
            `INSERT INTO accounts (org_id, waba_id, name, business_id, how, app_path, token, token_expires_at, token_scopes,
               token_issued_at, connected_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)
             ON CONFLICT (org_id, waba_id) DO UPDATE SET how = excluded.how, app_path = excluded.app_path, token = excluded.token,
               token_expires_at = excluded.token_expires_at, token_scopes = excluded.token_scopes,
               token_issued_at = excluded.token_issued_at, failure = NULL`,
          )
          .bind(
            ...[orgId, account.wabaId, account.name, account.businessId, account.how, account.appPath, account.token],
            ...[account.tokenExpiresAt, JSON.stringify(account.tokenScopes), account.readAt],
          ),
        saveFacts(account),
        ...numbers.flatMap((number) => [connectNumber(scope, number), saveNumberFacts(scope, number)]),
        noteTrialNumber(scope, preferredNumber),
        auditStatement(scope, audit),
      ])
    },

    /** What Meta says now of the account and the numbers it holds; new numbers come with the account's token. */
    async saveFacts(facts: AccountFacts, numbers: readonly (NumberToConnect & NumberFactsToSave)[]): Promise<void> {
      await db.batch([
        saveFacts(facts),
        ...numbers.flatMap((number) => [connectNumber(scope, number), saveNumberFacts(scope, number)]),
        noteTrialNumber(scope, null),
      ])
    },

    /** A number that was added to an account; told once. */
    async addNumber(number: NumberToConnect & NumberFactsToSave, audit: AuditFact): Promise<void> {
      await db.batch([
        auditStatement(scope, audit, {
          sql: `NOT EXISTS (SELECT 1 FROM numbers WHERE org_id = ?1 AND phone_number_id = ?9 AND status = 'connected')`,
          values: [number.phoneNumberId],
        }),
        connectNumber(scope, number),
        saveNumberFacts(scope, number),
        noteTrialNumber(scope, null),
      ])
    },

    /** The apps that hear of the account's events, or why ours could not be made one of them. */
    async saveSubscription(
      wabaId: string,
      apps: readonly string[] | null,
      failure: SetupFailure | null,
    ): Promise<void> {
      await db
        .prepare(
          'UPDATE accounts SET subscription = COALESCE(?3, subscription), failure = ?4 WHERE org_id = ?1 AND waba_id = ?2',
        )
        .bind(
          ...[orgId, wabaId, apps === null ? null : JSON.stringify({ apps })],
          failure === null ? null : JSON.stringify(failure),
        )
        .run()
    },

    async saveFailure(wabaId: string, failure: SetupFailure | null): Promise<void> {
      await db
        .prepare('UPDATE accounts SET failure = ?3 WHERE org_id = ?1 AND waba_id = ?2')
        .bind(orgId, wabaId, failure === null ? null : JSON.stringify(failure))
        .run()
    },

    async saveDraft(wabaId: string, draft: ProfileDraft, audit: AuditFact): Promise<void> {
      await db.batch([
        db
          .prepare('UPDATE accounts SET profile_draft = ?3 WHERE org_id = ?1 AND waba_id = ?2')
          .bind(orgId, wabaId, JSON.stringify(draft)),
        auditStatement(scope, audit),
      ])
    },

    /** The day documents were last sent to Meta, as an administrator knows it. */
    async correctReview(wabaId: string, submittedAt: number, audit: AuditFact): Promise<void> {
      await db.batch([
        db
          .prepare('UPDATE accounts SET review_submitted_at = ?3 WHERE org_id = ?1 AND waba_id = ?2')
          .bind(orgId, wabaId, submittedAt),
        auditStatement(scope, audit),
      ])
    },

    /**
     * Takes the account away: its token, its facts, and its numbers but for those that conversations still name, which lose their token.
     * False while one of its numbers has a channel.
     */
    async remove(wabaId: string, audit: AuditFact): Promise<boolean> {
      const isFree = `NOT EXISTS (SELECT 1 FROM channels h JOIN numbers n ON n.org_id = h.org_id AND n.phone_number_id = h.phone_number_id
        WHERE n.org_id = ?1 AND n.waba_id = ?2 AND h.removed_at IS NULL)`
      const [removed] = await db.batch([
        db.prepare(`DELETE FROM accounts WHERE org_id = ?1 AND waba_id = ?2 AND ${isFree}`).bind(orgId, wabaId),
        db
          .prepare(
            `DELETE FROM numbers WHERE org_id = ?1 AND waba_id = ?2 AND ${isFree} AND NOT EXISTS
             (SELECT 1 FROM channels h WHERE h.org_id = ?1 AND h.phone_number_id = numbers.phone_number_id)`,
          )
          .bind(orgId, wabaId),
        db
          .prepare(
            `UPDATE numbers SET token = '', pin = NULL, status = 'disconnected', status_reason = 'removed'
             WHERE org_id = ?1 AND waba_id = ?2 AND ${isFree}`,
          )
          .bind(orgId, wabaId),
        letGoOfNumbers(scope),
        auditStatement(scope, audit, { sql: isFree.replaceAll('?2', '?9'), values: [wabaId] }),
      ])
      return (removed?.meta.changes ?? 0) > 0
    },
  }

  /**
   * The first sight of a state is kept with its time; a verification that was there once is remembered. What Meta leaves out stays as it
   * was: only its word takes something away. A date that an administrator corrected is of the documents before the next ones.
   */
  function saveFacts(facts: AccountFacts): D1PreparedStatement {
    const review = 'COALESCE(?7, review_status)'
    return db
      .prepare(
        `UPDATE accounts SET name = COALESCE(NULLIF(?3, ''), name), business_id = COALESCE(NULLIF(?4, ''), business_id),
           business_name = COALESCE(?5, business_name),
           business_verification = COALESCE(?6, business_verification), was_verified = MAX(was_verified, ?6 IS 'verified'),
           verified_at = CASE WHEN ?6 IS 'verified' THEN COALESCE(verified_at, ?9) ELSE verified_at END,
           review_submitted_at = CASE WHEN ?7 IS 'pending' AND review_status <> 'pending' THEN NULL ELSE review_submitted_at END,
           review_pending_since = CASE WHEN ${review} IS NOT 'pending' THEN review_pending_since
             WHEN review_status IS 'pending' THEN COALESCE(review_pending_since, ?9) ELSE ?9 END,
           rejected_at = CASE WHEN ${review} IS NOT 'rejected' THEN NULL
             WHEN review_status IS 'rejected' THEN COALESCE(rejected_at, ?9) ELSE ?9 END,
           review_status = ${review}, payment = ?8, checked_at = ?9
         WHERE org_id = ?1 AND waba_id = ?2`,
      )
      .bind(
        ...[orgId, facts.wabaId, facts.name, facts.businessId, facts.businessName, facts.businessVerification],
        ...[facts.reviewStatus, facts.payment, facts.readAt],
      )
  }
}

export type AccountsRepo = ReturnType<typeof createAccountsRepo>
