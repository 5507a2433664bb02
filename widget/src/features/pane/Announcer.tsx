import type { JSX } from 'preact'
import { usePane } from '../../state/pane.ts'

/** Tells screen readers of new messages, apart from the list: rows come and go there while one scrolls. */
export function Announcer(): JSX.Element {
  const { announcer } = usePane()
  return (
    <div class="hidden" role="status" aria-live="polite" data-testid="announcer">
      {announcer.spoken.value}
    </div>
  )
}
