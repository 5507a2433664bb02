import type { JSX } from 'preact'
import type { ArchivedMessageView } from '../../../../contract/index.ts'
import { plainText } from '../../state/locale.model.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Hidden } from '../../ui/Hidden.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { isInvisible, parseFormat } from '../bubble/format.model.ts'
import { Formatted } from '../bubble/Formatted.tsx'
import { archivedStatus, kindWord } from './archive.model.ts'

function Body({ message }: { message: ArchivedMessageView }): JSX.Element {
  const { words } = useSettings()
  const { text, summary } = message
  const word = kindWord(message)
  return (
    <>
      {word === null ? null : <p class="archive-kind">{words.t(word)}</p>}
      {text === null ? (
        word === null ? (
          <p dir="auto">{summary.toWellFormed()}</p>
        ) : null
      ) : isInvisible(text) ? (
        <p class="archive-kind">{words.t('message.invisible')}</p>
      ) : (
        <div class="archive-text" dir="auto">
          <Formatted nodes={parseFormat(text)} />
        </div>
      )}
    </>
  )
}

/** One message of the archive on its side, with its time and how far it came. */
export function ArchivedBubble({ message, who }: { message: ArchivedMessageView; who: string }): JSX.Element {
  const { words, dates } = useSettings()
  const { direction, sentAt, isEdited, kind } = message
  const look = archivedStatus(message)
  return (
    <li
      class={`archive-row archive-${direction}`}
      data-testid="archive-message"
      data-direction={direction}
      data-wamid={message.wamid}
    >
      <div class="archive-bubble">
        <Hidden>
          {words.t('archive.wrote', { name: direction === 'out' ? words.t('quote.us') : plainText(who) })}
        </Hidden>
        <Body message={message} />
        <span class="archive-meta">
          {isEdited && kind !== 'revoke' ? <span>{words.t('message.edited')}</span> : null}
          <time dateTime={sentAt} title={dates.full(sentAt)}>
            {dates.time(sentAt)}
          </time>
          {look === null ? null : (
            <span title={words.t(look.word)} data-testid="archive-status" data-status={message.status}>
              <Icon name={look.icon} />
              <Hidden>{words.t(look.word)}</Hidden>
            </span>
          )}
        </span>
      </div>
    </li>
  )
}
