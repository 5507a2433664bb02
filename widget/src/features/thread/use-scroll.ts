import type { RefObject } from 'preact'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { VirtualizerHandle } from 'virtua'
import type { Placement } from '../../state/thread.ts'
import type { Row } from './rows.model.ts'
import type { ScrollFacts } from './scroll.model.ts'
import {
  followsAfter,
  isAtEnd,
  isFarFromEnd,
  isInView,
  isPrepended,
  isPureScroll,
  nearsEnd,
  nearsStart,
} from './scroll.model.ts'
import { useHand } from './use-hand.ts'

/** What the view holds on to while rows are still being measured: a row and its distance from the top of the view. */
type Anchor = { key: string; top: number }

export type ScrollDeps = {
  feed: RefObject<HTMLElement | null>
  rows: readonly Row[]
  placement: Placement
  onNearStart: () => void
  onNearEnd: () => void
  onReachEnd: () => void
}

export type ThreadScroll = {
  list: RefObject<VirtualizerHandle | null>
  /** True in exactly the render in which older rows came in front. */
  shift: boolean
  /** False until the first rows stand where they belong; before that they would be seen jumping. */
  isPlaced: boolean
  isFar: boolean
  isFollowing: () => boolean
  onScroll: () => void
  onResize: () => void
  toEnd: () => void
  toRow: (index: number) => void
}

const NOWHERE: ScrollFacts = { offset: 0, viewport: 0, size: 0 }
/** Rows that were just put in are measured within a few frames; after that the place is the person's own. */
const SETTLING_MS = 400
const MOST_FRAMES = 60
const QUIET_FRAMES = 3

function useShift(rows: readonly Row[]): boolean {
  const before = useRef<readonly Row[]>([])
  return useMemo(() => {
    const shift = isPrepended(before.current, rows)
    before.current = rows
    return shift
  }, [rows])
}

/**
 * Keeps the reader's place. At the live end the view follows it; anywhere else it stays with the row at its top, whatever is
 * put in above or below, and however rows turn out to be high.
 */
export function useScroll({ feed, rows, placement, onNearStart, onNearEnd, onReachEnd }: ScrollDeps): ThreadScroll {
  const list = useRef<VirtualizerHandle>(null)
  const shift = useShift(rows)
  const [isPlaced, setIsPlaced] = useState(false)
  const [isFar, setIsFar] = useState(false)
  const following = useRef(true)
  const facts = useRef<ScrollFacts>(NOWHERE)
  const anchor = useRef<Anchor | null>(null)
  const held = useRef<Anchor | null>(null)
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined)
  const placedOpening = useRef(0)
  const frame = useRef(0)
  const rowsRef = useRef(rows)
  rowsRef.current = rows
  const hand = useHand(
    feed,
    useCallback(() => {
      held.current = null
    }, []),
  )

  const read = useCallback((): ScrollFacts => {
    const handle = list.current
    return handle === null
      ? NOWHERE
      : { offset: handle.scrollOffset, viewport: handle.viewportSize, size: handle.scrollSize }
  }, [])

  /** Whether the row stood where it belongs already. */
  const restore = useCallback((to: Anchor): boolean => {
    const index = rowsRef.current.findIndex(({ key }) => key === to.key)
    const handle = list.current
    if (index === -1 || handle === null) return true
    const offset = handle.getItemOffset(index) - to.top
    const isThere = Math.abs(offset - handle.scrollOffset) <= 1
    if (!isThere) handle.scrollTo(offset)
    return isThere
  }, [])

  /**
   * Looks in the following frames whether the view really is where it belongs: the list gets its new height in the page a frame
   * after its rows were measured, and the browser goes no further than the height it has.
   */
  const settle = useCallback((): void => {
    let frames = 0
    let quiet = 0
    const step = (): void => {
      const view = feed.current
      if (view === null || (held.current === null && !following.current)) return
      const left = view.scrollHeight - view.clientHeight - view.scrollTop
      const isThere = held.current === null ? left <= 1 : restore(held.current)
      if (!isThere && held.current === null) view.scrollTop = view.scrollHeight
      quiet = isThere ? quiet + 1 : 0
      if (++frames < MOST_FRAMES && quiet < QUIET_FRAMES) frame.current = requestAnimationFrame(step)
    }
    cancelAnimationFrame(frame.current)
    frame.current = requestAnimationFrame(step)
  }, [feed, restore])

  const followEnd = useCallback((): void => {
    following.current = true
    held.current = null
    // Not by the list's own way to a row: that goes on for a while, whoever scrolls elsewhere meanwhile.
    if (feed.current !== null) feed.current.scrollTop = feed.current.scrollHeight
    settle()
  }, [feed, settle])

  const toEnd = useCallback((): void => {
    hand.letGo()
    followEnd()
  }, [hand, followEnd])

  useEffect(() => () => cancelAnimationFrame(frame.current), [])

  const hold = useCallback(
    (to: Anchor): void => {
      clearTimeout(settling.current)
      settling.current = setTimeout(() => {
        held.current = null
      }, SETTLING_MS)
      held.current = to
      restore(to)
      settle()
    },
    [restore, settle],
  )

  const look = useCallback((): void => {
    const handle = list.current
    if (handle === null) return
    const now = read()
    if (isPureScroll(facts.current, now)) hand.goOn()
    following.current = followsAfter(following.current, facts.current, now, hand.isOn())
    facts.current = now
    const row = rowsRef.current[handle.findItemIndex(now.offset)]
    // While rows are being measured the offsets lie; what is held then is the truth.
    if (row !== undefined && held.current === null) {
      anchor.current = { key: row.key, top: handle.getItemOffset(rowsRef.current.indexOf(row)) - now.offset }
    }
    setIsFar(isFarFromEnd(now))
    if (now.viewport === 0) return
    if (nearsStart(now)) onNearStart()
    if (nearsEnd(now)) onNearEnd()
    if (isAtEnd(now)) onReachEnd()
  }, [hand, read, onNearStart, onNearEnd, onReachEnd])

  const onResize = useCallback((): void => {
    if (held.current !== null) restore(held.current)
    else if (following.current) followEnd()
    look()
  }, [look, restore, followEnd])

  useLayoutEffect(() => {
    if (rows.length === 0) return setIsPlaced(true)
    if (placedOpening.current !== placement.opening) {
      placedOpening.current = placement.opening
      const { messageId } = placement
      const target =
        messageId === null ? undefined : rows.find((row) => row.kind === 'message' && row.message.id === messageId)
      following.current = target === undefined
      if (target === undefined) toEnd()
      else hold({ key: target.key, top: 8 })
      requestAnimationFrame(() => requestAnimationFrame(() => setIsPlaced(true)))
    } else if (following.current) followEnd()
    // `shift` keeps the distance to the end by itself; any other change of rows must not move the row that is being read.
    else if (held.current !== null) hold(held.current)
    else if (!shift && anchor.current !== null) hold(anchor.current)
    look()
  }, [rows, placement, shift, hold, look, followEnd, toEnd])

  return {
    list,
    shift,
    isPlaced,
    isFar,
    isFollowing: () => following.current,
    onScroll: look,
    onResize,
    toEnd,
    toRow: (index) => {
      const handle = list.current
      if (handle === null || isInView(read(), handle.getItemOffset(index), handle.getItemSize(index))) return
      following.current = false
      held.current = null
      handle.scrollToIndex(index, { align: 'nearest' })
    },
  }
}
