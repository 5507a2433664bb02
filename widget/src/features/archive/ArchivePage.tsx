import type { JSX } from 'preact'
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { ArchivedPerson, NumberView } from '../../../../contract/index.ts'
import { createPeople } from '../../state/settings/archived-people.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { Chat } from './Chat.tsx'
import { HistoryNote } from './HistoryNote.tsx'
import { PeopleList } from './PeopleList.tsx'
import { useRefresh } from './use-refresh.ts'

const QUICK_MS = 4_000
const CALM_MS = 10_000
/** Typing goes on before this is over. */
const TYPING_MS = 250

/** What was written with a number in the Business app: people, and what was written with one of them. Nothing can be changed here. */
export function ArchivePage({ number }: { number: NumberView }): JSX.Element {
  const settings = useSettings()
  const { words, navigation } = settings
  const id = number.phoneNumberId
  const heading = useRef<HTMLHeadingElement>(null)
  const [typed, setTyped] = useState('')
  const [query, setQuery] = useState('')
  const [open, setOpen] = useState<ArchivedPerson | null>(null)
  const people = useMemo(() => createPeople(settings, id), [settings, id])
  const history = people.history.value
  const isComing = history?.state === 'waiting' || history?.state === 'arriving'
  // What is new in a conversation is new in the list.
  const onNews = useCallback(() => void people.refresh(), [people])
  useRefresh(people.refresh, isComing ? QUICK_MS : CALM_MS)

  useEffect(() => heading.current?.focus(), [])
  useEffect(() => {
    void people.find(query)
  }, [people, query])
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed.trim()), TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed])

  return (
    <div class="stack" data-testid="archive" data-history={history?.state}>
      <div class="archive-head">
        <Button onClick={navigation.closeArchive} testId="archive-close">
          {words.t('archive.back')}
        </Button>
        <h1 ref={heading} tabIndex={-1}>
          {words.t('archive.title')}
        </h1>
        <p class="quiet">
          <bdi dir="ltr">{number.displayPhoneNumber}</bdi> · {words.t('archive.lead')}
        </p>
      </div>
      {history === null ? null : <HistoryNote history={history} number={number} onAsked={people.load} />}
      <div class={open === null ? 'archive' : 'archive archive-open'}>
        <PeopleList
          people={people}
          typed={typed}
          query={query}
          onType={setTyped}
          open={open?.phone ?? null}
          onOpen={setOpen}
        />
        {open === null ? (
          <div class="archive-chat archive-none">
            <p class="quiet">{words.t('archive.choose')}</p>
          </div>
        ) : (
          <Chat key={open.phone} phoneNumberId={id} person={open} onClose={() => setOpen(null)} onNews={onNews} />
        )}
      </div>
    </div>
  )
}
