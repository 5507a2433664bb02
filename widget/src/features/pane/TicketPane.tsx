import type { JSX } from 'preact'
import { useCallback, useRef } from 'preact/hooks'
import { usePane } from '../../state/pane.ts'
import type { Load } from '../../ui/Later.tsx'
import { Later } from '../../ui/Later.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Composer } from '../composer/Composer.tsx'
import { PresenceLine } from '../presence/PresenceLine.tsx'
import { Thread } from '../thread/Thread.tsx'
import { Bars } from '../ticket/Bars.tsx'
import { Header } from '../ticket/Header.tsx'
import { Announcer } from './Announcer.tsx'
import { ErrorPanel } from './ErrorPanel.tsx'
import { Skeleton } from './Skeleton.tsx'
import { useShortcuts } from './use-shortcuts.tsx'

const start: Load = () => import('./later-parts.ts').then((parts) => parts.Start)

function NoConversation(): JSX.Element {
  const { words } = usePane()
  return (
    <Panel icon="ticket" title={words.t('none.title')} testId="no-conversation" action={<Later load={start} />}>
      <p>{words.t('none.text')}</p>
    </Panel>
  )
}

function Conversation(): JSX.Element {
  const { words, thread, reload } = usePane()
  const input = useRef<HTMLTextAreaElement>(null)
  const toComposer = useCallback(() => input.current?.focus(), [])
  const shortcuts = useShortcuts()
  const failure = thread.failure.value
  return (
    <main class="pane" data-testid="pane">
      <Header onShortcuts={shortcuts.open} />
      <Bars />
      <PresenceLine />
      {failure !== null ? (
        <ErrorPanel words={words} failure={failure} onRetry={() => void reload()} isPart />
      ) : thread.phase.value === 'loading' ? (
        <Skeleton label={words.t('thread.loading')} />
      ) : (
        <Thread onLeave={toComposer} />
      )}
      <Composer input={input} />
      {shortcuts.dialog}
      <Announcer />
    </main>
  )
}

/** The right panel of a ticket. */
export function TicketPane(): JSX.Element {
  const { words, ticket, reload } = usePane()
  const failure = ticket.failure.value
  switch (ticket.phase.value) {
    case 'ready':
      return <Conversation />
    case 'none':
      return (
        <main class="pane">
          <NoConversation />
        </main>
      )
    case 'failed':
      return (
        <main class="pane">
          {failure === null ? null : <ErrorPanel words={words} failure={failure} onRetry={() => void reload()} />}
        </main>
      )
    default:
      return (
        <main class="pane">
          <h1 class="hidden">{words.t('thread.label')}</h1>
          <Skeleton label={words.t('thread.loading')} />
        </main>
      )
  }
}
