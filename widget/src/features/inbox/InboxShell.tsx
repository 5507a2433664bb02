import type { JSX } from 'preact'
import { useInbox } from '../../state/inbox-page.ts'
import { usePane } from '../../state/pane.ts'
import { Panel } from '../../ui/Panel.tsx'
import { ErrorPanel } from '../pane/ErrorPanel.tsx'
import { TicketPane } from '../pane/TicketPane.tsx'
import { Filters } from './Filters.tsx'
import { List } from './List.tsx'
import { TicketBar } from './TicketBar.tsx'

/** Three columns that fold: filters, conversations, and the one that is open. */
export function InboxShell(): JSX.Element {
  const { words } = usePane()
  const { inbox, selected } = useInbox()
  const failure = inbox.failure.value
  if (failure !== null && inbox.items.value === null) {
    return (
      <main class="pane">
        <ErrorPanel words={words} failure={failure} onRetry={() => void inbox.reload()} />
      </main>
    )
  }
  const isOpen = selected.value !== null
  return (
    <div class={isOpen ? 'inbox inbox-open' : 'inbox'} data-testid="inbox">
      <Filters />
      <List />
      <div class="inbox-conversation">
        {isOpen ? (
          <>
            <TicketBar />
            <TicketPane />
          </>
        ) : (
          <aside class="pane" aria-label={words.t('inbox.chooseTitle')}>
            <Panel icon="list" title={words.t('inbox.chooseTitle')} isPart testId="inbox-none">
              <p>{words.t('inbox.choose')}</p>
            </Panel>
          </aside>
        )}
      </div>
    </div>
  )
}
