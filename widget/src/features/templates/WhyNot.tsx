import type { JSX } from 'preact'
import type { ApiFailure } from '../../state/pane.ts'
import { usePane } from '../../state/pane.ts'
import { Icon } from '../../ui/Icon.tsx'
import { startRefusal } from './refusal.model.ts'

/** Why it was not sent. What was filled in stays. */
export function WhyNot({ failure }: { failure: ApiFailure }): JSX.Element {
  const { words } = usePane()
  const word = startRefusal(failure)
  return (
    <div class="note note-danger" role="alert" data-testid="start-refused" data-code={failure.code}>
      <p>
        <Icon name="alert" size={14} /> {word === null ? <bdi>{failure.message}</bdi> : words.t(word)}
      </p>
    </div>
  )
}
