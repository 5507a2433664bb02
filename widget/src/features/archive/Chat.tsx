import type { JSX } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import type { ArchivedPerson } from '../../../../contract/index.ts'
import { createChat } from '../../state/settings/archive.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../pane/ErrorPanel.tsx'
import { chatRows } from './archive.model.ts'
import { ArchivedBubble } from './ArchivedBubble.tsx'
import { useRefresh } from './use-refresh.ts'

const AGAIN_MS = 5_000

type ChatProps = { phoneNumberId: string; person: ArchivedPerson; onClose: () => void; onNews: () => void }

/** What was written with one person, to be read only: the latest in view, older ones above on demand. */
export function Chat({ phoneNumberId, person, onClose, onNews }: ChatProps): JSX.Element {
  const settings = useSettings()
  const { words, dates, clock } = settings
  const { phone, name } = person
  const chat = useMemo(() => createChat(settings, phoneNumberId, phone), [settings, phoneNumberId, phone])
  const heading = useRef<HTMLHeadingElement>(null)
  const feed = useRef<HTMLDivElement>(null)
  /** How far from its end the feed is read; older messages come above without moving it. */
  const fromEnd = useRef(0)
  const items = chat.items.value
  const phase = chat.phase.value
  const failure = chat.failure.value
  useRefresh(chat.refresh, AGAIN_MS)

  useEffect(() => {
    heading.current?.focus()
    void chat.load()
  }, [chat])
  useLayoutEffect(() => {
    const shown = feed.current
    if (shown !== null) shown.scrollTop = shown.scrollHeight - shown.clientHeight - fromEnd.current
  }, [items])

  const newest = items.at(-1)?.wamid
  useEffect(() => {
    if (newest !== undefined) onNews()
  }, [newest, onNews])

  const who = name ?? phone
  return (
    <section
      class="archive-chat"
      aria-label={words.t('archive.chat', { name: who })}
      data-testid="archive-chat"
      data-phone={phone}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <div class="archive-chat-head">
        <div class="archive-chat-names">
          <h2 ref={heading} tabIndex={-1}>
            {name === null ? <bdi dir="ltr">{phone}</bdi> : <bdi>{name.toWellFormed()}</bdi>}
          </h2>
          {name === null ? null : (
            <bdi class="quiet" dir="ltr">
              {phone}
            </bdi>
          )}
        </div>
        <span class="tag">{words.t('archive.readOnly')}</span>
        <Button onClick={onClose} testId="archive-chat-close">
          {words.t('action.close')}
        </Button>
      </div>
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
          <div class="page-more">
            <Button isBusy={phase === 'loading'} onClick={() => void chat.more()} testId="archive-older">
              {words.t('archive.older')}
            </Button>
          </div>
        ) : null}
        {failure === null ? null : (
          <ErrorPanel words={words} failure={failure} onRetry={() => void chat.load()} isPart />
        )}
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
              <ArchivedBubble key={row.key} message={row.message} who={who} />
            ),
          )}
        </ol>
      </div>
    </section>
  )
}
