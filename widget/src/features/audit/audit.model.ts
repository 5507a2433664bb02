import type { AuditAction, AuditEntry } from '../../../../contract/index.ts'
import type { WordKey } from '../../state/words.ts'

export const ACTION_WORDS: Record<AuditAction, WordKey> = {
  'desk.connected': 'audit.desk_connected',
  'desk.disconnected': 'audit.desk_disconnected',
  'desk.revoked': 'audit.desk_revoked',
  'install_key.replaced': 'audit.install_key_replaced',
  'account.connected': 'audit.account_connected',
  'account.claimed': 'audit.account_claimed',
  'account.removed': 'audit.account_removed',
  'number.added': 'audit.number_added',
  'number.verified': 'audit.number_verified',
  'number.registered': 'audit.number_registered',
  'number.designated': 'audit.number_designated',
  'number.repaired': 'audit.number_repaired',
  'number.tested': 'audit.number_tested',
  'profile.saved': 'audit.profile_saved',
  'channel.created': 'audit.channel_created',
  'channel.changed': 'audit.channel_changed',
  'channel.switched_off': 'audit.channel_switched_off',
  'channel.switched_on': 'audit.channel_switched_on',
  'channel.removed': 'audit.channel_removed',
  'stage.changed': 'audit.stage_changed',
  'review.date_corrected': 'audit.review_date_corrected',
  'alerts.changed': 'audit.alerts_changed',
  'conversation.started': 'audit.conversation_started',
  'conversation.ticket_made': 'audit.conversation_ticket_made',
}

/** Plain facts by their names, those that say nothing left out. */
export function detailLines(details: AuditEntry['details']): { name: string; value: string }[] {
  return Object.entries(details).flatMap(([name, value]) => (value === null ? [] : [{ name, value: String(value) }]))
}
