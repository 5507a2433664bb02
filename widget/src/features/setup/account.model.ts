import type { NumberView } from '../../../../contract/index.ts'
import type { WordKey } from '../../state/words.ts'

const VERIFIED = new Set(['verified'])
const WAITING = new Set(['pending', 'pending_submission', 'pending_need_more_info'])
const REFUSED = new Set(['rejected', 'failed', 'revoked', 'ineligible', 'expired'])

/** Meta's lists contradict each other, so what we do not know is "not known", never "no". */
export function verificationWord(status: string | null): WordKey {
  const value = status?.toLowerCase() ?? ''
  if (VERIFIED.has(value)) return 'setup.account.isVerified'
  if (WAITING.has(value)) return 'setup.account.isPending'
  if (REFUSED.has(value)) return 'setup.account.isRejected'
  return value === 'unverified' || value === 'not_verified' ? 'setup.account.isNotVerified' : 'setup.account.isUnknown'
}

export function reviewWord(status: string | null): WordKey {
  const value = status?.toLowerCase() ?? ''
  if (value === 'approved') return 'setup.account.isApproved'
  if (value === 'pending' || value === 'deferred') return 'setup.account.isPending'
  return value === 'rejected' ? 'setup.account.isRejected' : 'setup.account.isUnknown'
}

/** The number of the larger trial is chosen once: another one than the first, which it is by default. */
export function canDesignate(number: NumberView, numbers: readonly NumberView[]): boolean {
  const inTrial = numbers.filter(({ standing, step }) => standing.stage === 'verified_trial' && step === 'done')
  return inTrial.includes(number) && !number.standing.isDesignated && !number.standing.isDesignationChosen
}
