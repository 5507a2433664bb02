import type { JSX } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { ArchivedPerson } from '../../../../contract/index.ts'
import { createArchivedChat } from '../../state/settings/archived-people.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { ChatFeed } from './ChatFeed.tsx'
import { useRefresh } from './use-refresh.ts'

const AGAIN_MS = 5_000

type ChatProps = { phoneNumberId: string; person: ArchivedPerson; onClose: () => void; onNews: () => void }

/** What was written with one person, with the way back to the list. */
export function Chat({ phoneNumberId, person, onClose, onNews }: ChatProps): JSX.Element {
  const settings = useSettings()
  const { words, dates, clock } = settings
  const { phone, name } = person
  const chat = useMemo(() => createArchivedChat(settings, phoneNumberId, phone), [settings, phoneNumberId, phone])
  const heading = useRef<HTMLHeadingElement>(null)
  useRefresh(chat.refresh, AGAIN_MS)

  useEffect(() => heading.current?.focus(), [chat])
  const newest = chat.items.value.at(-1)?.wamid
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
      <ChatFeed chat={chat} who={who} words={words} dates={dates} clock={clock} />
    </section>
  )
}
