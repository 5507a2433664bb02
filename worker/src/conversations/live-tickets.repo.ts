import { sha256Hex } from '../platform/crypto.ts'
import { newSecret } from '../platform/ids.ts'

/** A ticket opens one socket within this time. */
export const TICKET_MS = 30_000

/**
 * One-time tickets for sockets, kept in the conversation's own SQLite: a browser cannot put a token into a WebSocket's headers, and a
 * token in an address would end in logs. Only the ticket's SHA-256 is kept.
 */
export class LiveTickets {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec(
      'CREATE TABLE IF NOT EXISTS live_tickets (sha256 TEXT PRIMARY KEY, session TEXT NOT NULL, expires_at INTEGER NOT NULL)',
    )
  }

  async issue(session: string, now: number): Promise<{ ticket: string; expiresAt: number }> {
    const ticket = newSecret()
    this.#sql.exec('DELETE FROM live_tickets WHERE expires_at <= ?', now)
    this.#sql.exec('INSERT INTO live_tickets VALUES (?, ?, ?)', await sha256Hex(ticket), session, now + TICKET_MS)
    return { ticket, expiresAt: now + TICKET_MS }
  }

  /** The session the ticket was issued for, once; null for a ticket that is unknown, used or over. */
  async redeem(ticket: string, now: number): Promise<string | null> {
    const hash = await sha256Hex(ticket)
    const [row] = this.#sql
      .exec<{ session: string; expires_at: number }>(
        'DELETE FROM live_tickets WHERE sha256 = ? RETURNING session, expires_at',
        hash,
      )
      .toArray()
    return row !== undefined && row.expires_at > now ? row.session : null
  }
}
