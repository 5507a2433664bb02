import type { JSX } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Chat } from '../../state/archive.ts'
import type { Clock } from '../../state/clock.ts'
import type { Dates } from '../../state/dates.ts'
import type { Words } from '../../state/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../pane/ErrorPanel.tsx'
import { chatRows } from './archive.model.ts'
import { ArchivedBubble } from './ArchivedBubble.tsx'

export type ChatFeedProps = {
  chat: Chat
  /** The customer's name or number. */
  who: string
  words: Words
  dates: Dates
  clock: Clock
}

/** What was written with one person, to be read only: the latest in view, older ones above on demand. */
export function ChatFeed({ chat, who, words, dates, clock }: ChatFeedProps): JSX.Element {
  const feed = useRef<HTMLDivElement>(null)
  /** How far from its end the feed is read; older messages come above without moving it. */
  const fromEnd = useRef(0)
  const items = chat.items.value
  const phase = chat.phase.value
  const failure = chat.failure.value
  useEffect(() => {
    void chat.load()
  }, [chat])
  useLayoutEffect(() => {
    const shown = feed.current
    if (shown !== null) shown.scrollTop = shown.scrollHeight - shown.clientHeight - fromEnd.current
  }, [items])
  return (
    <div
      ref={feed}
      class="archive-feed"
      role="region"
      tabIndex={0}
      aria-label={words.t('archive.messages')}
      data-testid="archive-feed"
      onScroll={({ currentTarget: { scrollHeight, clientHeight, scrollTop } }) => {
        fromEnd.current = scrollHeight - clientHeight - scrollTop
      }}
    >
      {chat.hasMore.value ? (
        <div class="archive-older">
          <Button isBusy={phase === 'loading'} onClick={() => void chat.more()} testId="archive-older">
            {words.t('archive.older')}
          </Button>
        </div>
      ) : null}
      {failure === null ? null : <ErrorPanel words={words} failure={failure} onRetry={() => void chat.load()} isPart />}
      {items.length === 0 && failure === null ? (
        <p class="archive-empty" role="status">
          {words.t(phase === 'loading' ? 'archive.loading' : 'archive.nothingWritten')}
        </p>
      ) : null}
      <ol class="archive-rows">
        {chatRows(items, dates.dayKey).map((row) =>
          row.kind === 'day' ? (
            <li key={row.key} class="archive-day" data-testid="archive-day">
              <span>{dates.day(row.at, clock.now.value)}</span>
            </li>
          ) : (
            <ArchivedBubble key={row.key} message={row.message} who={who} words={words} dates={dates} />
          ),
        )}
      </ol>
    </div>
  )
}
