import type { JSX, Ref } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ArchivedPerson } from '../../../../contract/index.ts'
import type { People } from '../../state/settings/archived-people.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { Hidden } from '../../ui/Hidden.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { ErrorPanel } from '../pane/ErrorPanel.tsx'
import { initial } from '../ticket/header.model.ts'

type PersonRowProps = {
  person: ArchivedPerson
  isOpen: boolean
  onOpen: () => void
  button: Ref<HTMLButtonElement>
}

function PersonRow({ person, isOpen, onOpen, button }: PersonRowProps): JSX.Element {
  const { phone, name, messages, last } = person
  const { words, dates, clock } = useSettings()
  const now = clock.now.value
  const when = (at: string): string =>
    dates.dayKey(at) === dates.dayKey(new Date(now).toISOString()) ? dates.time(at) : dates.day(at, now)
  return (
    <li>
      <button
        ref={button}
        type="button"
        class="archive-person"
        aria-current={isOpen}
        data-testid="archive-person"
        data-phone={phone}
        onClick={onOpen}
      >
        <span class="archive-avatar" aria-hidden="true">
          {initial(name ?? '#')}
        </span>
        <span class="archive-person-text">
          <span class="archive-person-line">
            {name === null ? <bdi dir="ltr">{phone}</bdi> : <bdi class="archive-name">{name.toWellFormed()}</bdi>}
            {last === null ? null : <span class="quiet archive-when">{when(last.at)}</span>}
          </span>
          <span class="quiet archive-last" dir="auto">
            {last === null ? words.t('archive.nothingWritten') : null}
            {last?.direction === 'out' ? words.t('archive.us', { text: last.summary }) : last?.summary.toWellFormed()}
          </span>
          <span class="archive-person-line quiet">
            {name === null ? <span /> : <bdi dir="ltr">{phone}</bdi>}
            <span>
              <span aria-hidden="true">{messages === 0 ? '' : dates.number(messages)}</span>
              <Hidden>{words.t('archive.count', { count: messages })}</Hidden>
            </span>
          </span>
        </span>
      </button>
    </li>
  )
}

type PeopleListProps = {
  people: People
  /** What stands in the search field, and what of it was looked for. */
  typed: string
  query: string
  onType: (typed: string) => void
  /** The number of the person whose messages are shown. */
  open: string | null
  onOpen: (person: ArchivedPerson) => void
}

/** Who wrote in the Business app, the latest first, with search. */
export function PeopleList({ people, typed, query, onType, open, onOpen }: PeopleListProps): JSX.Element {
  const { words } = useSettings()
  const items = people.items.value
  const phase = people.phase.value
  const failure = people.failure.value
  const rows = useRef(new Map<string, HTMLButtonElement>())
  const lastOpen = useRef<string | null>(null)
  useEffect(() => {
    // Whoever closes a conversation goes on in the list where they left it.
    if (open === null && lastOpen.current !== null) rows.current.get(lastOpen.current)?.focus()
    lastOpen.current = open
  }, [open])
  return (
    <section class="archive-people" aria-label={words.t('archive.people')} aria-busy={phase === 'loading'}>
      <div class="archive-search">
        <TextField
          label={words.t('inbox.search')}
          hint={words.t('inbox.searchHint')}
          value={typed}
          onInput={onType}
          inputTestId="archive-search"
        />
      </div>
      <div class="archive-scroll">
        {failure === null ? null : (
          <ErrorPanel words={words} failure={failure} onRetry={() => void people.load()} isPart />
        )}
        <div role="status">
          {items.length === 0 && phase === 'loading' ? (
            <p class="archive-empty" data-testid="archive-loading">
              {words.t('archive.loading')}
            </p>
          ) : null}
          {items.length === 0 && phase === 'ready' ? (
            <p class="archive-empty" data-testid="archive-empty">
              {words.t(query === '' ? 'archive.empty' : 'archive.nobodyFound')}
            </p>
          ) : null}
        </div>
        <ul>
          {items.map((person) => (
            <PersonRow
              key={person.phone}
              person={person}
              isOpen={person.phone === open}
              onOpen={() => onOpen(person)}
              button={(shown) => {
                if (shown === null) rows.current.delete(person.phone)
                else rows.current.set(person.phone, shown)
              }}
            />
          ))}
        </ul>
        {people.hasMore.value ? (
          <div class="page-more">
            <Button isBusy={phase === 'loading'} onClick={() => void people.more()} testId="archive-more">
              {words.t('inbox.more')}
            </Button>
          </div>
        ) : null}
      </div>
    </section>
  )
}
