import type { ApiFailure } from '../../state/pane.ts'
import type { WordKey } from '../../state/words.ts'

/** Why an answer was not taken, in our own words where the Worker's code has some; else its own sentence is shown. */
export function refusalWord({ code, status }: Pick<ApiFailure, 'code' | 'status'>): WordKey | null {
  if (code === 'messages.window_closed') return 'refusal.window'
  if (code === 'messages.text_too_long') return 'refusal.tooLong'
  if (code.startsWith('messages.quote_')) return 'refusal.quote'
  if (code === 'sessions.role_too_low') return 'refusal.role'
  if (status === 401) return 'refusal.session'
  return status === 403 || status === 404 ? 'refusal.notVisible' : null
}
