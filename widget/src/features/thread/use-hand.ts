import type { RefObject } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'

/** A person's own scrolling: wheel, finger, scroll bar, or a key wherever it is pressed. */
export type Hand = {
  /** Whether what moves now is moved by the person. */
  isOn: () => boolean
  /** The view moved: if by the person, then the movement goes on. */
  goOn: () => void
  letGo: () => void
}

const PAGE_KEYS: ReadonlySet<string> = new Set(['PageUp', 'PageDown'])
const SCROLL_KEYS: ReadonlySet<string> = new Set([...PAGE_KEYS, 'Home', 'End', 'ArrowUp', 'ArrowDown', ' '])
/** How long after a wheel's notch or a key the view still moves because of it. */
const LASTS_MS = 300

/** In a box all keys but these two write, or move what is written. */
const scrolls = ({ key, target }: KeyboardEvent): boolean =>
  (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement ? PAGE_KEYS : SCROLL_KEYS).has(key)

/**
 * Hears who scrolls `feed`. `onTake` is called each time the person takes over. What is pressed or typed without scrolling
 * (a quote, an answer) is no scrolling: what moves soon after it moves by itself.
 */
export function useHand(feed: RefObject<HTMLElement | null>, onTake: () => void): Hand {
  const until = useRef(0)
  const isOnBar = useRef(false)

  const hand = useMemo<Hand>(() => {
    const isOn = (): boolean => isOnBar.current || performance.now() < until.current
    return {
      isOn,
      goOn: () => {
        if (isOn()) until.current = performance.now() + LASTS_MS
      },
      letGo: () => {
        until.current = 0
      },
    }
  }, [])

  useEffect(() => {
    const view = feed.current
    const stop = new AbortController()
    const passive = { signal: stop.signal, passive: true }
    const take = (): void => {
      until.current = performance.now() + LASTS_MS
      onTake()
    }
    // The scroll bar is the feed's own; anything else under a pointer is inside it.
    const press = (event: Event): void => {
      if (event.target !== view) return
      isOnBar.current = true
      take()
    }
    const lift = (): void => {
      isOnBar.current = false
    }
    view?.addEventListener('wheel', take, passive)
    view?.addEventListener('touchmove', take, passive)
    view?.addEventListener('pointerdown', press, passive)
    addEventListener('pointerup', lift, passive)
    addEventListener('pointercancel', lift, passive)
    addEventListener('pointermove', ({ buttons }) => buttons === 0 && lift(), passive)
    addEventListener('keydown', (event) => scrolls(event) && take(), { ...passive, capture: true })
    return () => stop.abort()
  }, [feed, onTake])

  return hand
}
