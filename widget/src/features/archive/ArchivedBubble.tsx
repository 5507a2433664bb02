import type { JSX } from 'preact'
import type { ArchivedMessageView } from '../../../../contract/index.ts'
import { plainText } from '../../state/locale.model.ts'
import type { Dates } from '../../state/dates.ts'
import type { Words } from '../../state/words.ts'
import { Hidden } from '../../ui/Hidden.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { isInvisible, parseFormat } from '../bubble/format.model.ts'
import { Formatted } from '../bubble/Formatted.tsx'
import { archivedStatus, kindWord } from './archive.model.ts'

function Body({ message, words }: { message: ArchivedMessageView; words: Words }): JSX.Element {
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

type ArchivedBubbleProps = {
  message: ArchivedMessageView
  /** The customer's name or number. */
  who: string
  words: Words
  dates: Dates
}

/** One message of the archive on its side, with its time and how far it came. */
export function ArchivedBubble({ message, who, words, dates }: ArchivedBubbleProps): JSX.Element {
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
        <Body message={message} words={words} />
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
