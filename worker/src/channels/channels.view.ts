import type { ChannelSettings, ChannelView } from '../../../contract/index.ts'
import type { ChannelRow } from './channels.rows.ts'

/** A channel as the settings show it. `iconUrl` is null while there is none. */
export function toChannelView(row: ChannelRow, iconUrl: string | null): ChannelView {
  const changedAt = row.removed_at ?? row.off_at
  return {
    id: row.id,
    phoneNumberId: row.phone_number_id,
    displayPhoneNumber: row.display_phone_number ?? row.phone_number_id,
    name: row.name,
    departmentId: row.department_id,
    ticketRule: row.ticket_rule,
    ticketAfterMinutes: row.ticket_after_minutes,
    reopenDays: row.reopen_days,
    burstSeconds: row.burst_seconds,
    publicComments: row.public_comments,
    ...(iconUrl !== null && { iconUrl }),
    state: stateOf(row),
    changedAt: changedAt === null ? null : new Date(changedAt).toISOString(),
    held: row.held,
  }
}

export function stateOf({ removed_at: removedAt, off_at: offAt }: ChannelRow): ChannelView['state'] {
  if (removedAt !== null) return 'removed'
  return offAt === null ? 'on' : 'off'
}

export function settingsOf(row: ChannelRow): ChannelSettings {
  return {
    name: row.name,
    departmentId: row.department_id,
    ticketRule: row.ticket_rule,
    ticketAfterMinutes: row.ticket_after_minutes,
    reopenDays: row.reopen_days,
    burstSeconds: row.burst_seconds,
    publicComments: row.public_comments,
  }
}
