import type { JSX, RefObject } from 'preact'
import { usePane } from '../../state/pane.ts'
import type { Load } from '../../ui/Later.tsx'
import { Later } from '../../ui/Later.tsx'
import { windowView } from '../window/window.model.ts'
import { TextBox } from './TextBox.tsx'

const limits: Load = () => import('../pane/later-parts.ts').then((parts) => parts.Limits)
const above: Load = () => import('../pane/later-parts.ts').then((parts) => parts.AboveBox)
const template: Load = () => import('../pane/later-parts.ts').then((parts) => parts.SendTemplate)

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
      {reason === 'window' ? <Later load={template} /> : null}
    </div>
  )
}

/** Where the agent writes, or why nothing can be written. */
export function Composer({ input }: { input: RefObject<HTMLTextAreaElement | null> }): JSX.Element {
  const { me, ticket, clock, sending } = usePane()
  const isOpen = windowView(ticket.conversation.value?.window ?? null, clock.now.value).stage !== 'closed'
  const isViewer = me.value?.role === 'viewer'
  return (
    <footer class="composer" data-testid="composer">
      <Later load={above} />
      {isViewer ? (
        <Closed reason="viewer" />
      ) : (
        <>
          <Later load={limits} />
          {sending.value?.refusal ? null : isOpen ? <TextBox input={input} /> : <Closed reason="window" />}
        </>
      )}
    </footer>
  )
}
