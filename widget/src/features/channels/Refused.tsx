import type { JSX } from 'preact'
import type { ApiFailure } from '../../state/settings/settings.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Icon } from '../../ui/Icon.tsx'
import { channelRefusal } from './refusal.model.ts'

/** Why something was not done. Nothing of what was typed is gone. */
export function Refused({ failure }: { failure: ApiFailure }): JSX.Element {
  const { words } = useSettings()
  const word = channelRefusal(failure)
  return (
    <div class="note note-danger" role="alert" data-testid="refused" data-code={failure.code}>
      <p>
        <Icon name="alert" size={14} /> {word === null ? <bdi>{failure.message}</bdi> : words.t(word)}
      </p>
    </div>
  )
}
