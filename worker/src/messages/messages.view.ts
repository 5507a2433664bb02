import { clientIdSchema, messageIdSchema } from '../../../contract/index.ts'
import type { MessageMedia, MessageView } from '../../../contract/index.ts'
import { writePlace } from './message-position.model.ts'
import type { QuotedRow } from './messages.read.rows.ts'
import type { MessageRow } from './messages.rows.ts'

/** What messages are shown with besides their own rows. */
export type MessageSurroundings = {
  /** By seq. */
  media: ReadonlyMap<number, MessageMedia>
  /** By wamid. */
  quotes: ReadonlyMap<string, QuotedRow>
  /** Messages up to `cursor` are in the ticket, except `holes`. */
  ticketed: { cursor: number; holes: readonly number[] }
}

/** A message as the panel, the list and a screen reader get it. */
export function toMessageView(row: MessageRow, around: MessageSurroundings): MessageView {
  const media = around.media.get(row.seq)
  const { cursor, holes } = around.ticketed
  return {
    seq: row.seq,
    id: messageIdOf(row.seq),
    ...(row.wamid !== null && { wamid: row.wamid }),
    direction: row.direction,
    kind: row.kind,
    summary: row.summary,
    status: row.status,
    sentAt: new Date(row.sent_at).toISOString(),
    change: row.change,
    position: writePlace(placeOf(row)),
    content: row.content,
    ...(row.extras !== null && { extras: row.extras }),
    ...(media !== undefined && { media }),
    ...(row.agent_id !== null && { agent: { id: row.agent_id, name: row.agent_name ?? '' } }),
    ...(row.client_id !== null && { clientId: clientIdSchema.parse(row.client_id) }),
    ...(row.quote_wamid !== null && { quote: toQuote(row.quote_wamid, around.quotes.get(row.quote_wamid)) }),
    ...(row.reactions !== null && row.reactions.length > 0 && { reactions: row.reactions }),
    ...(row.versions !== null &&
      row.versions.length > 0 && {
        versions: row.versions.map(({ text, at }) => ({ text, at: new Date(at).toISOString() })),
      }),
    ...(row.is_revoked === 1 && { isRevoked: true }),
    ...(row.failure !== null && { failure: row.failure }),
    isInTicket: row.seq <= cursor && !holes.includes(row.seq),
  }
}

/** The message's id in the API. */
export function messageIdOf(seq: number): MessageView['id'] {
  return messageIdSchema.parse(`m${seq}`)
}

export function placeOf(row: Pick<MessageRow, 'sent_at' | 'position' | 'seq'>) {
  return { sentAt: row.sent_at, position: row.position, seq: row.seq }
}

function toQuote(wamid: string, quoted: QuotedRow | undefined): NonNullable<MessageView['quote']> {
  if (quoted === undefined) return { wamid }
  return { wamid, id: messageIdOf(quoted.seq), summary: quoted.summary, direction: quoted.direction }
}
