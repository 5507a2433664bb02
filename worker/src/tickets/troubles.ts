import type { DeskReason } from '../../../contract/index.ts'
import type { DeskFailure } from '../desk/desk.types.ts'
import { backoffMs } from './effects.model.ts'

const QUARTER_MS = 15 * 60_000
const TEN_MINUTES_MS = 10 * 60_000

/**
 * How a failure is shown, and when to come again (epoch ms). Where `isGated`, nothing is tried before; elsewhere the organisation's gate
 * answers by itself, so asking it at any time costs nothing.
 */
export type Trouble = {
  state: 'waiting' | 'blocked'
  reason: DeskReason
  nextAt: number
  isGated: boolean
}

export function troubleOf(failure: DeskFailure, failures: number, now: number, random: number): Trouble {
  switch (failure.kind) {
    case 'paused':
      // Earlier than Desk says only in case credits were bought meanwhile, or Desk connected anew.
      return waiting('paused_credits', Math.min(failure.retryAt, now + QUARTER_MS), false)
    case 'busy':
      return waiting('busy', Math.max(failure.retryAt, now + 1_000) + Math.round(random * 2_000), false)
    case 'revoked':
      return { state: 'blocked', reason: 'revoked', nextAt: now + TEN_MINUTES_MS, isGated: false }
    case 'forbidden':
    case 'gone':
    case 'invalid':
      return { state: 'blocked', reason: 'refused', nextAt: now + TEN_MINUTES_MS, isGated: true }
    case 'token':
    case 'unreachable':
    case 'server':
    case 'lost':
      return waiting('unreachable', now + backoffMs(failures, random), true)
  }
}

function waiting(reason: Trouble['reason'], nextAt: number, isGated: boolean): Trouble {
  return { state: 'waiting', reason, nextAt, isGated }
}
