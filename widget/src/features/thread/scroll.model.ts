import type { Row } from './rows.model.ts'

/** Where the view stands, in pixels from the start of the list. */
export type ScrollFacts = { offset: number; viewport: number; size: number }

const NEAR_END_PX = 48
const LOAD_WITHIN_PX = 900
const FAR_PX = 500

const distanceToEnd = ({ offset, viewport, size }: ScrollFacts): number => size - viewport - offset

export const isAtEnd = (facts: ScrollFacts): boolean => distanceToEnd(facts) <= NEAR_END_PX
export const isFarFromEnd = (facts: ScrollFacts): boolean => distanceToEnd(facts) > FAR_PX
export const nearsStart = ({ offset }: ScrollFacts): boolean => offset < LOAD_WITHIN_PX
export const nearsEnd = (facts: ScrollFacts): boolean => distanceToEnd(facts) < LOAD_WITHIN_PX

/** Whether a row can be seen whole, so that nothing has to move to show it. */
export const isInView = ({ offset, viewport }: ScrollFacts, top: number, height: number): boolean =>
  top >= offset && top + height <= offset + viewport

/**
 * Whether the view keeps to the live end. Only somebody who scrolls up ends it: rows that grow (a picture that loads, a bar
 * that appears) move the end away without anybody wanting to leave it. Rows also turn out lower than they were taken for, which
 * looks like scrolling up while nobody has a hand on the thread, and happens during it while somebody has.
 */
export function followsAfter(wasFollowing: boolean, before: ScrollFacts, now: ScrollFacts, isByHand: boolean): boolean {
  const isHigher = now.offset < before.offset - 1
  const hasLeft = isByHand ? distanceToEnd(now) > distanceToEnd(before) + 1 : now.size >= before.size
  const hasMovedUp = isHigher && hasLeft
  // The first pixels of a way up are within reach of the end still.
  if (isByHand && hasMovedUp) return false
  return isAtEnd(now) || (wasFollowing && !hasMovedUp)
}

/** Whether nothing but the view moved: no row came, went or was measured. */
export const isPureScroll = (before: ScrollFacts, now: ScrollFacts): boolean =>
  now.size === before.size && now.viewport === before.viewport && now.offset !== before.offset

/** Whether rows came in front of those that were there, so that the list keeps its distance to the end. */
export function isPrepended(before: readonly Row[], now: readonly Row[]): boolean {
  const first = before[0]?.key
  return first !== undefined && now[0]?.key !== first && now.some(({ key }) => key === first)
}
