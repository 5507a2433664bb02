import type { ApiFailure } from '../../state/pane.ts'
import type { WordKey } from '../../state/words.ts'
import { quotaWord } from './quota.model.ts'

const REFUSALS: Record<string, WordKey> = {
  'start.phone_invalid': 'start.phoneInvalid',
  'start.no_channel': 'start.noChannel',
  'start.other_department': 'start.otherDepartment',
  'start.ticket_taken': 'start.ticketTaken',
  'templates.not_found': 'start.templateGone',
  'templates.unavailable': 'start.templatesUnavailable',
  'desk.not_connected': 'start.deskNotConnected',
  'desk.unavailable': 'start.deskUnavailable',
  'inbox.has_ticket': 'inbox.hasTicket',
  'inbox.already_ordered': 'inbox.ordered',
  'inbox.nothing_said': 'inbox.nothingSaid',
  'inbox.department_unknown': 'inbox.departmentGone',
  'inbox.assignee_unknown': 'inbox.assigneeGone',
  'sessions.role_too_low': 'refusal.role',
}

/** Why a template was not taken, in words; null where only the Worker's own sentence says it. */
export function startRefusal({ kind, code, status }: Pick<ApiFailure, 'kind' | 'code' | 'status'>): WordKey | null {
  if (code.startsWith('quota.')) return quotaWord(code)
  const known = REFUSALS[code]
  if (known !== undefined) return known
  return kind === 'network' || kind === 'timeout' || status >= 500 ? 'start.network' : null
}
