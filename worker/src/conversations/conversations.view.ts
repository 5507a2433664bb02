import type { ConversationView } from '../../../contract/index.ts'
import type { ConversationRow } from './conversations.rows.ts'
import { windowClosesAt } from './window.model.ts'

/** A conversation as lists and panels get it. */
export function toConversationView(row: ConversationRow, now: number): ConversationView {
  const closesAt = windowClosesAt(row.last_inbound_at, now)
  const displayPhoneNumber = row.display_phone_number ?? row.phone_number_id
  return {
    id: row.id,
    contact: {
      name: row.contact_name,
      ...(row.contact_phone !== null && { phone: row.contact_phone }),
      ...(row.contact_user_id !== null && { userId: row.contact_user_id }),
      ...(row.contact_username !== null && { username: row.contact_username }),
    },
    ...(row.ticket_id !== null && { ticket: { id: row.ticket_id, number: row.ticket_number ?? '' } }),
    channel: { name: row.channel_name ?? displayPhoneNumber, phoneNumberId: row.phone_number_id, displayPhoneNumber },
    window: closesAt === null ? null : { closesAt: new Date(closesAt).toISOString() },
    lastMessageAt: new Date(row.last_message_at).toISOString(),
    lastSummary: row.last_summary,
    change: row.change,
    desk: { state: row.desk_state, ...(row.desk_reason !== null && { reason: row.desk_reason }) },
  }
}
