import type { JSX } from 'preact'
import { usePane } from '../../state/pane.ts'
import { Hidden } from '../../ui/Hidden.tsx'
import { Icon } from '../../ui/Icon.tsx'
import type { ShownMessage } from '../thread/rows.model.ts'
import { statusLook } from './status.model.ts'

type Props = { message: ShownMessage; hasTime: boolean; isWaitingForTicket: boolean }

/** Time and ticks in the corner of a bubble, each tick with its word. */
export function Meta({ message, hasTime, isWaitingForTicket }: Props): JSX.Element | null {
  const { words, dates } = usePane()
  const look = statusLook(message.status)
  const isEdited = (message.versions?.length ?? 0) > 0
  const isOutside = isWaitingForTicket && !message.isInTicket
  return (
    <span class="meta">
      {isEdited ? <span>{words.t('message.edited')}</span> : null}
      {isOutside ? (
        <span title={words.t('message.notInTicket')} data-testid="not-in-ticket">
          <Icon name="ticket" size={12} />
          <Hidden>{words.t('message.notInTicket')}</Hidden>
        </span>
      ) : null}
      {hasTime ? (
        <time dateTime={message.sentAt} title={dates.full(message.sentAt)}>
          {dates.time(message.sentAt)}
        </time>
      ) : null}
      {look === null ? null : (
        <span
          class={`tick tick-${look.tone}`}
          title={words.t(look.word)}
          data-testid="status"
          data-status={message.status}
        >
          <Icon name={look.icon} />
          <Hidden>{words.t(look.word)}</Hidden>
        </span>
      )}
    </span>
  )
}
