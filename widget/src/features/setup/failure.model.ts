import type { ApiFailure } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'

/** Our own refusals that have a sentence here; others are shown in the Worker's words. */
const REFUSALS: Readonly<Record<string, WordKey>> = {
  'administration.not_signed_in': 'setup.refusal.notSignedIn',
  'setup.account_taken': 'setup_failure.account_taken',
  'setup.claim_busy': 'setup.refusal.claimBusy',
  'setup.claim_unknown': 'setup.refusal.claimUnknown',
  'setup.designated_already': 'setup.refusal.designated',
  'setup.draft_missing': 'setup.refusal.draftMissing',
  'setup.has_channels': 'setup.refusal.hasChannels',
  'setup.not_offered': 'setup.refusal.notOffered',
  'setup.pin_needed': 'setup.refusal.pinNeeded',
  'setup.window_used': 'setup.refusal.windowUsed',
}

export function refusalWord({ kind, code }: ApiFailure): WordKey | null {
  if (kind === 'network' || kind === 'timeout') return 'setup.refusal.network'
  return REFUSALS[code] ?? null
}
