import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { useInbox } from '../../state/inbox-page.ts'
import { usePane } from '../../state/pane.ts'
import type { WordKey } from '../../state/words.ts'
import { Bar } from '../../ui/Bar.tsx'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Row } from './Row.tsx'

/** What is shown where the list is empty: no work to do is good news, a search without a find is not. */
function Nothing(): JSX.Element {
  const { words } = usePane()
  const { filter, query } = useInbox().inbox.question.value
  const word: WordKey = query.trim() === '' ? `inbox_empty.${filter}` : 'inbox.nothingFound'
  return (
    <p class="inbox-empty" role="status" data-testid="inbox-empty">
      {words.t(word)}
    </p>
  )
}

/** The conversations, what runs out first on top. The page's main part until one is open: in a narrow page it is all there is. */
export function List(): JSX.Element {
  const { words } = usePane()
  const { inbox, selected } = useInbox()
  const [isBusy, setIsBusy] = useState(false)
  const items = inbox.items.value
  const failure = inbox.failure.value
  return (
    <section class="inbox-list" role={selected.value === null ? 'main' : undefined} aria-labelledby="inbox-title">
      <h1 id="inbox-title" class="inbox-title">
        {words.t('inbox.title')}
      </h1>
      <div class="inbox-search">
        <TextField
          label={words.t('inbox.search')}
          value={inbox.question.value.query}
          placeholder={words.t('inbox.searchHint')}
          onInput={(query) => inbox.ask({ query })}
          inputTestId="inbox-search"
        />
      </div>
      {failure === null || items === null ? null : (
        <Bar icon="unplugged" tone="warning" testId="inbox-stale" isSpoken>
          {words.t('inbox.stale')}
        </Bar>
      )}
      {items === null ? (
        <p class="inbox-empty" role="status">
          {words.t('start.loading')}
        </p>
      ) : items.length === 0 ? (
        <Nothing />
      ) : (
        <ul class="inbox-rows">
          {items.map((item) => (
            <Row key={item.conversation.id} item={item} />
          ))}
        </ul>
      )}
      {inbox.hasMore.value ? (
        <div class="inbox-more">
          <Button
            isBusy={isBusy}
            testId="inbox-more"
            onClick={() => {
              setIsBusy(true)
              void inbox.more().then(() => setIsBusy(false))
            }}
          >
            {words.t('inbox.more')}
          </Button>
        </div>
      ) : null}
    </section>
  )
}
