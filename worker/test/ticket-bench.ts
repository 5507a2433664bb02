import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { z } from 'zod'
import type { MessageContent } from '../../contract/index.ts'
import { addWork } from '../src/conversations/pending-work.repo.ts'
import { deskGatewayOf } from '../src/orgs/desk-gateway.ts'
import { ok } from '../src/platform/errors.ts'
import { newId } from '../src/platform/ids.ts'
import type { Logger } from '../src/platform/logger.ts'
import { createEffectJournal } from '../src/tickets/effects.repo.ts'
import type { TicketDeps } from '../src/tickets/tickets.ports.ts'
import { createTicketGateRepo } from '../src/tickets/ticket-gate.repo.ts'
import { createTicketsRepo } from '../src/tickets/tickets.repo.ts'
import { workOnTicket } from '../src/tickets/tickets.usecases.ts'
import { DeskImitation } from './desk-imitation.ts'

const START = Date.parse('2026-11-22T10:00:00Z')
const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }
const seqRowSchema = z.object({ seq: z.number().catch(0) })
const conversationSchema = z.object({
  ticket_id: z.string().nullable(),
  ticket_number: z.string().nullable(),
  department_id: z.string(),
  desk_cursor: z.number(),
  desk_holes: z.string(),
  desk_state: z.string(),
  desk_reason: z.string().nullable(),
  change: z.number(),
})
const PHONE_NUMBER_ID = '800100'

export type NewMessage = {
  content?: MessageContent
  text?: string
  direction?: 'in' | 'out'
  status?: string
  isHidden?: boolean
  sentAt?: number
  agentName?: string
  wamid?: string
  quoteWamid?: string
  file?: 'pending' | 'stored' | 'failed'
  failure?: object
}

/** One organisation with its Desk and conversations, on real tables and real storage, with a clock that only tests move. */
export class TicketBench {
  now = START
  readonly orgId = newId('org')
  readonly desk = new DeskImitation(() => this.now)
  changes = 0
  wraps: Array<(deps: TicketDeps) => TicketDeps> = []
  readonly #db = env.SHARD_0
  #references = 0

  async setUp(channel: { burstSeconds?: number; reopenDays?: number; isPublic?: boolean; departmentId?: string } = {}) {
    const { burstSeconds = 10, reopenDays = 3, isPublic = false, departmentId = '100' } = channel
    await this.#db
      .prepare(
        `INSERT INTO channels (id, org_id, phone_number_id, name, department_id, reopen_days, burst_seconds, public_comments, created_at)
         VALUES (?, ?, ?, 'WhatsApp', ?, ?, ?, ?, 0)`,
      )
      .bind(newId('ch'), this.orgId, PHONE_NUMBER_ID, departmentId, reopenDays, burstSeconds, isPublic ? 1 : 0)
      .run()
  }

  async addContact(facts: { name?: string; phone?: string | null } = {}): Promise<string> {
    const id = newId('ct')
    const { name = 'Sakura Tanaka', phone = '+819012345678' } = facts
    await this.#db
      .prepare(
        `INSERT INTO contacts (id, org_id, name, name_source, phone, created_at) VALUES (?, ?, ?, 'profile', ?, 0)`,
      )
      .bind(id, this.orgId, name, phone)
      .run()
    return id
  }

  async addConversation(contactId: string, phoneNumberId = PHONE_NUMBER_ID): Promise<string> {
    const id = newId('cv')
    await this.#db
      .prepare(
        `INSERT INTO conversations (id, org_id, phone_number_id, contact_id, department_id, last_message_at, last_summary, created_at)
         VALUES (?, ?, ?, ?, '100', 0, '', 0)`,
      )
      .bind(id, this.orgId, phoneNumberId, contactId)
      .run()
    return id
  }

  /** As the lane writes them: messages, the conversation's change, pending work, in one transaction. Resolves to their seqs. */
  async receive(conversationId: string, ...messages: NewMessage[]): Promise<number[]> {
    const statements = messages.flatMap((message) => this.#insert(conversationId, message))
    const answers = await this.#db.batch([
      this.#db
        .prepare(`UPDATE conversations SET change = change + 1, ${addWork('?2')} WHERE id = ?1`)
        .bind(conversationId, this.now),
      ...statements,
    ])
    return answers.flatMap((answer) =>
      answer.results.map((row) => seqRowSchema.parse(row).seq).filter((seq) => seq > 0),
    )
  }

  #insert(conversationId: string, message: NewMessage): D1PreparedStatement[] {
    const content = message.content ?? contentOf(message)
    const inserted = this.#db
      .prepare(
        `INSERT INTO messages (org_id, conversation_id, wamid, direction, kind, is_hidden, content, summary, sent_at, received_at, status,
           quote_wamid, agent_name, failure, change)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, (SELECT change FROM conversations WHERE id = ?2))
         RETURNING seq`,
      )
      .bind(
        this.orgId,
        conversationId,
        message.wamid ?? newId('ref'),
        message.direction ?? 'in',
        content.kind,
        message.isHidden === true ? 1 : 0,
        JSON.stringify(content),
        content.kind === 'text' ? content.text.slice(0, 200) : content.kind,
        message.sentAt ?? this.now,
        this.now,
        message.status ?? (message.direction === 'out' ? 'sent' : 'received'),
        message.quoteWamid ?? null,
        message.agentName ?? null,
        message.failure === undefined ? null : JSON.stringify(message.failure),
      )
    if (message.file === undefined) return [inserted]
    const media = this.#db
      .prepare(
        `INSERT INTO media (message_seq, org_id, conversation_id, phone_number_id, meta_media_id, state, mime_type, file_name, r2_key, next_attempt_at)
         VALUES (last_insert_rowid(), ?1, ?2, '1', '1', ?3, 'image/jpeg', 'photo.jpg', ?4, 0)`,
      )
      .bind(this.orgId, conversationId, message.file, message.file === 'stored' ? 'stored-key' : null)
    return [inserted, media]
  }

  async setMedia(seq: number, state: 'stored' | 'failed', fileName = 'photo.jpg'): Promise<void> {
    await this.#db
      .prepare('UPDATE media SET state = ?, r2_key = ?, file_name = ? WHERE message_seq = ?')
      .bind(state, state === 'stored' ? `key-${seq}` : null, fileName, seq)
      .run()
  }

  async setStatus(conversationId: string, seq: number, status: string): Promise<void> {
    await this.#db.batch([
      this.#db.prepare('UPDATE conversations SET change = change + 1 WHERE id = ?').bind(conversationId),
      this.#db
        .prepare(
          'UPDATE messages SET status = ?, change = (SELECT change FROM conversations WHERE id = ?) WHERE seq = ?',
        )
        .bind(status, conversationId, seq),
    ])
  }

  /** One pass, as the conversation's object runs it. */
  run(conversationId: string): Promise<{ nextAt: number | null }> {
    const stub = env.ORG.getByName(`tickets:${conversationId}`)
    return runInDurableObject(stub, (_, state) => workOnTicket(this.deps(conversationId, state.storage)))
  }

  deps(conversationId: string, storage: DurableObjectStorage): TicketDeps {
    const deps: TicketDeps = {
      repo: createTicketsRepo({ db: this.#db, orgId: this.orgId }, conversationId),
      gate: createTicketGateRepo({ db: this.#db, orgId: this.orgId }, conversationId),
      desk: deskGatewayOf({
        org: {
          lease: async () => ok({ leaseId: 'lease', accessToken: 'token', expiresAt: this.now + 60_000 }),
          release: async () => undefined,
          markInvalid: async () => undefined,
        },
        origin: 'https://desk.zoho.com',
        portalId: '60000001',
        clock: () => this.now,
        logger: silent,
      }),
      effects: createEffectJournal(storage),
      media: {
        open: async (key) => ({ size: key.length, body: new Blob([key]).stream() }),
      },
      clock: () => this.now,
      random: () => ((this.#references += 1) * 0.618_034) % 1,
      logger: silent,
      onChanged: () => {
        this.changes += 1
      },
    }
    return this.wraps.reduce((wrapped, wrap) => wrap(wrapped), deps)
  }

  /** Runs passes, moving the clock to each time that was asked for, until nothing is left; throws when that never comes. */
  async runToRest(...conversationIds: string[]): Promise<void> {
    const due = new Map(conversationIds.map((id) => [id, this.now]))
    for (let rounds = 0; rounds < 300; rounds += 1) {
      const [next] = [...due].toSorted((a, b) => a[1] - b[1])
      if (next === undefined) return
      const [id, at] = next
      this.now = Math.max(this.now, at)
      const { nextAt } = await this.run(id)
      if (nextAt === null) due.delete(id)
      else due.set(id, nextAt)
    }
    throw new Error('It never comes to rest.')
  }

  async conversation(id: string) {
    const row = await this.#db.prepare('SELECT * FROM conversations WHERE id = ?').bind(id).first()
    return conversationSchema.parse(row)
  }

  async decisions(conversationId: string): Promise<string[]> {
    const { results } = await this.#db
      .prepare('SELECT decision, reason FROM ticket_decisions WHERE conversation_id = ? ORDER BY id')
      .bind(conversationId)
      .all<{ decision: string; reason: string }>()
    return results.map(({ decision, reason }) => `${decision}:${reason}`)
  }

  async isPending(conversationId: string): Promise<boolean> {
    return (
      (await this.#db.prepare('SELECT 1 FROM pending_work WHERE conversation_id = ?').bind(conversationId).first()) !==
      null
    )
  }
}

function contentOf({ text = 'Hello', file }: NewMessage): MessageContent {
  if (file === undefined) return { kind: 'text', text }
  return { kind: 'image', media: { mediaId: '1', mimeType: 'image/jpeg', fileName: null, caption: text } }
}

export function countIn(text: string, part: string): number {
  return text.split(part).length - 1
}
