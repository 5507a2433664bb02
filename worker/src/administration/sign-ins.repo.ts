import { z } from 'zod'
import { signInPurposeSchema } from '../../../contract/index.ts'

const rowSchema = z.object({
  state_sha256: z.string(),
  challenge: z.string(),
  opener: z.string().nullable(),
  portal_id: z.string(),
  data_centre: z.string(),
  purpose: signInPurposeSchema,
  locale: z.string(),
  result: z.string().nullable(),
  expires_at: z.number(),
})
const COLUMNS = 'state_sha256, challenge, opener, portal_id, data_centre, purpose, locale, result, expires_at'

/** Somebody came back from Zoho to connect, and nobody finished it. */
const HOLDS_TOKEN = `purpose = 'connect' AND result IS NOT NULL AND code_sha256 IS NULL`

export type SignInRow = z.infer<typeof rowSchema>

/**
 * Windows of administrators who sign in. Each step is one conditional statement that only its first caller passes, so that a state,
 * a confirmation and a code are worth something once. All of them are known by their SHA-256 only.
 */
export function createSignInsRepo(directory: D1Database) {
  const first = async (statement: D1PreparedStatement): Promise<SignInRow | null> => {
    const row = await statement.first()
    return row === null ? null : rowSchema.parse(row)
  }

  return {
    /** Opens one; those that are over are cleared away with it, but not what still holds a token to be ended at Zoho. */
    async open(
      row: Omit<SignInRow, 'expires_at' | 'result'> & { browser_sha256: string },
      now: number,
      expiresAt: number,
    ): Promise<void> {
      await directory.batch([
        directory.prepare(`DELETE FROM sign_ins WHERE expires_at <= ?1 AND NOT (${HOLDS_TOKEN})`).bind(now),
        directory
          .prepare(
            `INSERT INTO sign_ins (state_sha256, browser_sha256, challenge, opener, portal_id, data_centre, purpose, locale, expires_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)`,
          )
          .bind(
            row.state_sha256,
            row.browser_sha256,
            row.challenge,
            row.opener,
            row.portal_id,
            row.data_centre,
            row.purpose,
            row.locale,
            expiresAt,
          ),
      ])
    },

    /** Zoho sent the browser back that opened it. Null where the state is unknown, used, over or another browser's. */
    takeState: (stateSha256: string, browserSha256: string, now: number) =>
      first(
        directory
          .prepare(
            `UPDATE sign_ins SET step = 'returned' WHERE state_sha256 = ?1 AND browser_sha256 = ?2 AND step = 'opened'
               AND expires_at > ?3 RETURNING ${COLUMNS}`,
          )
          .bind(stateSha256, browserSha256, now),
      ),

    /** Keeps who signed in until they confirm it. */
    async keep(
      stateSha256: string,
      kept: { confirmSha256: string; dataCentre: string; result: string },
    ): Promise<void> {
      await directory
        .prepare('UPDATE sign_ins SET confirm_sha256 = ?2, data_centre = ?3, result = ?4 WHERE state_sha256 = ?1')
        .bind(stateSha256, kept.confirmSha256, kept.dataCentre, kept.result)
        .run()
    },

    /** The person confirmed, or declined, in the browser that opened it. */
    takeConfirmation: (confirmSha256: string, browserSha256: string, now: number) =>
      first(
        directory
          .prepare(
            `UPDATE sign_ins SET step = 'confirmed', confirm_sha256 = NULL WHERE confirm_sha256 = ?1 AND browser_sha256 = ?2
               AND step = 'returned' AND expires_at > ?3 RETURNING ${COLUMNS}`,
          )
          .bind(confirmSha256, browserSha256, now),
      ),

    /** Gives it its code. */
    async finish(stateSha256: string, code: { codeSha256: string; result: string; expiresAt: number }): Promise<void> {
      await directory
        .prepare('UPDATE sign_ins SET code_sha256 = ?2, result = ?3, expires_at = ?4 WHERE state_sha256 = ?1')
        .bind(stateSha256, code.codeSha256, code.result, code.expiresAt)
        .run()
    },

    /** Takes the code away, whoever brings it: a wrong verifier spends it too. */
    takeCode: (codeSha256: string) =>
      first(directory.prepare(`DELETE FROM sign_ins WHERE code_sha256 = ?1 RETURNING ${COLUMNS}`).bind(codeSha256)),

    /** Windows that were over by `before` and still hold a token, those that wait longest first. */
    async listAbandoned(before: number, limit: number): Promise<SignInRow[]> {
      const { results } = await directory
        .prepare(
          `SELECT ${COLUMNS} FROM sign_ins WHERE expires_at <= ?1 AND ${HOLDS_TOKEN} ORDER BY expires_at LIMIT ?2`,
        )
        .bind(before, limit)
        .all()
      return results.map((row) => rowSchema.parse(row))
    },

    async drop(stateSha256: string): Promise<void> {
      await directory.prepare('DELETE FROM sign_ins WHERE state_sha256 = ?1').bind(stateSha256).run()
    },
  }
}

export type SignInsRepo = ReturnType<typeof createSignInsRepo>
