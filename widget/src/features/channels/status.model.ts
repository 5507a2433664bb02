import type { Overlay, Standing } from '../../../../contract/index.ts'
import type { WordKey } from '../../state/words.ts'

export type Tone = 'good' | 'warning' | 'danger' | 'quiet'

/** The sentence that a channel's status begins with. `until` and `number` fill it in. */
export type Status = {
  key: WordKey
  tone: Tone
  /** Where the next step is: Meta's business settings, or whoever runs this Kaiwa. */
  way: 'business' | 'support' | null
}

const OVERLAYS: Record<Overlay['name'], Status> = {
  rejected: { key: 'overlay.rejected', tone: 'danger', way: 'business' },
  restricted: { key: 'overlay.restricted', tone: 'danger', way: 'business' },
  banned: { key: 'overlay.banned', tone: 'danger', way: 'business' },
  payment_missing: { key: 'overlay.payment_missing', tone: 'warning', way: 'business' },
  verification_revoked: { key: 'overlay.verification_revoked', tone: 'danger', way: 'business' },
}

export const keyOfOverlay = (name: Overlay['name']): WordKey => OVERLAYS[name].key

const STAGES: Record<Standing['stage'], Status> = {
  trial: { key: 'stage.trial', tone: 'warning', way: 'business' },
  trial_expired: { key: 'stage.trial_expired', tone: 'danger', way: 'business' },
  trial_other_number: { key: 'stage.trial_other_number', tone: 'warning', way: 'business' },
  verified_trial: { key: 'stage.verified_trial', tone: 'good', way: null },
  live: { key: 'stage.live', tone: 'good', way: null },
  failed: { key: 'stage.failed', tone: 'danger', way: 'support' },
}

/** In the larger trial one number sends; another one only receives, and must not read as if all were well. */
const OTHER_NUMBER: Status = { key: 'stage.verified_other_number', tone: 'warning', way: null }

type Standings = Pick<Standing, 'stage' | 'overlays' | 'isDesignated'>

const isOtherNumber = ({ stage, isDesignated }: Standings): boolean => stage === 'verified_trial' && !isDesignated

/** What stops sending is told before the stage it lies over; a missing payment method stands beside it. */
export function statusesOf(standing: Standings): Status[] {
  const overlays = standing.overlays.map(({ name }) => OVERLAYS[name])
  const isStopped = overlays.some(({ tone }) => tone === 'danger')
  const stage = isOtherNumber(standing) ? OTHER_NUMBER : STAGES[standing.stage]
  return isStopped ? overlays : [...overlays, stage]
}

/** The chip beside a channel's name: one word of how it stands. */
export function chipOf(standing: Standings, state: 'on' | 'off'): { key: WordKey; tone: Tone } {
  if (state === 'off') return { key: 'chip.off', tone: 'quiet' }
  if (standing.overlays.some(({ name }) => name !== 'payment_missing')) return { key: 'chip.stopped', tone: 'danger' }
  if (isOtherNumber(standing)) return { key: 'chip.stopped', tone: 'danger' }
  switch (standing.stage) {
    case 'trial':
      return { key: 'chip.trial', tone: 'warning' }
    case 'verified_trial':
      return { key: 'chip.verified_trial', tone: 'good' }
    case 'live':
      return { key: 'chip.live', tone: 'good' }
    case 'failed':
      return { key: 'chip.failed', tone: 'danger' }
    default:
      return { key: 'chip.stopped', tone: 'danger' }
  }
}

const DAY_MS = 86_400_000

/** Whole days that are begun but not over: 1 on the last day, 0 once it is over. */
export function daysLeft(endsAt: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(endsAt) - now) / DAY_MS))
}

/** Meta's own warning begins at four fifths. */
export function toneOfUse(used: number, limit: number): Tone {
  if (used >= limit) return 'danger'
  return used >= limit * 0.8 ? 'warning' : 'good'
}

/** Where Meta keeps business verification; `businessId` opens the right business at once. */
export function businessUrl(businessId: string | null): string {
  const url = new URL('https://business.facebook.com/settings/info')
  if (businessId !== null && businessId !== '') url.searchParams.set('business_id', businessId)
  return url.href
}
