import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { usePane } from '../../state/pane.ts'
import { windowView } from './window.model.ts'

const RADIUS = 6
const ROUND = 2 * Math.PI * RADIUS

/** How long one may still write freely: a ring that empties, with its time beside it. */
export function WindowRing(): JSX.Element | null {
  const { words, ticket, clock } = usePane()
  const open = ticket.conversation.value?.window ?? null
  const now = clock.now.value
  useEffect(() => {
    if (open !== null) clock.wakeAt(Date.parse(open.closesAt))
  }, [open, now, clock])
  const view = windowView(open, now)
  if (view.stage === 'closed') {
    return (
      <span class="window window-closed" data-testid="window" data-stage="closed">
        {words.t('window.closed')}
      </span>
    )
  }
  const { hours, minutes } = view
  const text =
    hours > 0
      ? words.t('window.hours', { hours, minutes })
      : minutes > 0
        ? words.t('window.minutes', { minutes })
        : words.t('window.lastMinute')
  return (
    <span
      class={`window window-${view.stage}`}
      title={words.t('window.explained')}
      data-testid="window"
      data-stage={view.stage}
    >
      <svg class="ring" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <circle class="ring-track" cx="8" cy="8" r={RADIUS} />
        <circle class="ring-left" cx="8" cy="8" r={RADIUS} stroke-dasharray={`${view.left * ROUND} ${ROUND}`} />
      </svg>
      {text}
    </span>
  )
}
