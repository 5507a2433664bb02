import type { JSX, RefObject } from 'preact'
import { usePane } from '../../state/pane.ts'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { windowView } from '../window/window.model.ts'
import { refusalWord } from './refusal.model.ts'
import { TextBox } from './TextBox.tsx'

/** Why the last answer did not go; its text is back in the box. */
function Refusal(): JSX.Element | null {
  const { words, refusal, dismissRefusal } = usePane()
  const failure = refusal.value
  if (failure === null) return null
  const word = refusalWord(failure)
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

/** In place of the box where nothing can be sent: says why, and that what was typed is kept. */
function Closed({ reason }: { reason: 'window' | 'viewer' }): JSX.Element {
  const { words, drafts } = usePane()
  const draft = drafts.current.value.text.trim()
  return (
    <div class="closed" data-testid={reason === 'window' ? 'window-closed' : 'viewer-notice'}>
      <p class="closed-title">{words.t(reason === 'window' ? 'closed.title' : 'viewer.title')}</p>
      <p>{words.t(reason === 'window' ? 'closed.text' : 'viewer.text')}</p>
      {draft === '' ? null : (
        <p class="closed-draft" data-testid="kept-draft">
          <span>{words.t('closed.draft')}</span> <q dir="auto">{draft}</q>
        </p>
      )}
    </div>
  )
}

/** Where the agent writes, or why nothing can be written. */
export function Composer({ input }: { input: RefObject<HTMLTextAreaElement | null> }): JSX.Element {
  const { me, ticket, clock } = usePane()
  const isOpen = windowView(ticket.conversation.value?.window ?? null, clock.now.value).stage !== 'closed'
  const isViewer = me.value?.role === 'viewer'
  return (
    <footer class="composer" data-testid="composer">
      <Refusal />
      {isViewer ? <Closed reason="viewer" /> : isOpen ? <TextBox input={input} /> : <Closed reason="window" />}
    </footer>
  )
}
