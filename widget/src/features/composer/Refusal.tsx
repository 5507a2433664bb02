import type { JSX } from 'preact'
import { usePane } from '../../state/pane.ts'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { quotaWord } from '../templates/quota.model.ts'
import { refusalWord } from './refusal.model.ts'

/** Why the last answer did not go; its text is back in the box. */
export function Refusal(): JSX.Element | null {
  const { words, refusal, dismissRefusal } = usePane()
  const failure = refusal.value
  if (failure === null) return null
  const word = refusalWord(failure) ?? quotaWord(failure.code)
  return (
    <div class="note note-danger" role="alert" data-testid="refusal" data-code={failure.code}>
      <p>
        <Icon name="alert" size={14} /> {words.t('refusal.notSent')}{' '}
        {word === null ? <bdi>{failure.message}</bdi> : words.t(word)}
      </p>
      <IconButton icon="close" label={words.t('action.close')} onClick={dismissRefusal} />
    </div>
  )
}
