/** WhatsApp lets a business write freely for 24 hours after the customer's last message. */
export const WINDOW_MS = 24 * 3_600_000
const SOON_MS = 4 * 3_600_000
const URGENT_MS = 30 * 60_000

export type WindowView =
  | { stage: 'closed' }
  | {
      stage: 'calm' | 'soon' | 'urgent'
      hours: number
      minutes: number
      /** 1 when just opened, 0 at the end. */ left: number
    }

/** How the window stands at `now`, both in the Worker's time. Minutes are rounded down: what is promised is there. */
export function windowView(window: { closesAt: string } | null, now: number): WindowView {
  const leftMs = window === null ? 0 : Date.parse(window.closesAt) - now
  if (!(leftMs > 0)) return { stage: 'closed' }
  const minutes = Math.floor(leftMs / 60_000)
  return {
    stage: leftMs < URGENT_MS ? 'urgent' : leftMs < SOON_MS ? 'soon' : 'calm',
    hours: Math.floor(minutes / 60),
    minutes: minutes % 60,
    left: Math.min(1, leftMs / WINDOW_MS),
  }
}
