import type { RefObject } from 'preact'
import { useState } from 'preact/hooks'
import { activeIndex, rowAfterKey } from './feed-keys.model.ts'
import type { Row } from './rows.model.ts'

const MOST_FRAMES = 12
const CONTROLS = 'button, a[href], summary, audio, video'

function rowOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null
}

export type FeedFocusDeps = {
  feed: RefObject<HTMLElement | null>
  rows: readonly Row[]
  scrollToRow: (index: number) => void
  onReply: (row: Row) => void
  onLeave: () => void
}

export type FeedFocus = {
  /** The one row that the Tab key reaches. */
  active: number
  onFocusIn: (event: FocusEvent) => void
  onKeyDown: (event: KeyboardEvent) => void
  /** Moves the focus to a row, mounting it first where it is not. */
  focusRow: (index: number) => void
}

/** Roving focus over the articles of the feed: arrows between messages, Enter into one, Escape out again. */
export function useFeedFocus({ feed, rows, scrollToRow, onReply, onLeave }: FeedFocusDeps): FeedFocus {
  const [activeKey, setActiveKey] = useState<string | null>(null)
  const active = activeIndex(rows, activeKey)

  /** A row that was not in the page is mounted and measured first, which takes a few frames; before that it takes no focus. */
  function focusKey(key: string, frames: number): void {
    const element = feed.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`)
    element?.focus({ preventScroll: true })
    const isDone = element !== null && element !== undefined && document.activeElement === element
    if (!isDone && frames > 0) requestAnimationFrame(() => focusKey(key, frames - 1))
  }

  function focusRow(index: number): void {
    const key = rows[index]?.key
    if (key === undefined) return
    setActiveKey(key)
    scrollToRow(index)
    focusKey(key, MOST_FRAMES)
  }

  function onRowKey(event: KeyboardEvent, row: HTMLElement): boolean {
    const next = rowAfterKey(rows, active, event.key)
    if (next !== null) focusRow(next)
    else if (event.key === 'Enter') row.querySelector<HTMLElement>(CONTROLS)?.focus()
    else if (event.key === 'r' && rows[active] !== undefined) onReply(rows[active])
    else if (event.key === 'Escape') onLeave()
    else return false
    return true
  }

  return {
    active,
    focusRow,
    onFocusIn: (event) => {
      const key = rowOf(event.target)?.dataset.row
      if (key !== undefined) setActiveKey(key)
    },
    onKeyDown: (event) => {
      const row = rowOf(event.target)
      if (row === null || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target === row) {
        if (onRowKey(event, row)) event.preventDefault()
      } else if (event.key === 'Escape') {
        event.preventDefault()
        row.focus()
      }
    },
  }
}
