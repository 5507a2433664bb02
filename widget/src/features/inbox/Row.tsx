import type { JSX } from 'preact'
import type { InboxItem } from '../../state/inbox.model.ts'
import { useInbox } from '../../state/inbox-page.ts'
import { usePane } from '../../state/pane.ts'
import { initial } from '../ticket/header.model.ts'
import { windowView } from '../window/window.model.ts'

/** How long one may still answer freely. */
function TimeLeft({ window }: { window: InboxItem['conversation']['window'] }): JSX.Element {
  const { words, clock } = usePane()
  const view = windowView(window, clock.now.value)
  if (view.stage === 'closed') return <span class="window">{words.t('window.closed')}</span>
  const { hours, minutes } = view
  return (
    <span class={`window window-${view.stage}`}>
      {hours > 0
        ? words.t('window.hours', { hours, minutes })
        : minutes > 0
          ? words.t('window.minutes', { minutes })
          : words.t('window.lastMinute')}
    </span>
  )
}

/** One conversation of the list. */
export function Row({ item: { conversation, waitingSince } }: { item: InboxItem }): JSX.Element {
  const { words, dates, clock } = usePane()
  const { selected, select } = useInbox()
  const { contact, channel, ticket } = conversation
  const now = clock.now.value
  const when = (at: string): string =>
    dates.dayKey(at) === dates.dayKey(new Date(now).toISOString()) ? dates.time(at) : dates.day(at, now)
  return (
    <li>
      <button
        type="button"
        class="inbox-row"
        aria-current={selected.value === conversation.id}
        data-testid="inbox-row"
        data-conversation={conversation.id}
        onClick={() => select(conversation.id)}
      >
        <span class="avatar" aria-hidden="true">
          {initial(contact.name)}
        </span>
        <span class="inbox-row-text">
          <span class="inbox-row-line inbox-row-head">
            <bdi class="inbox-name">{contact.name.toWellFormed()}</bdi>
            <span class="quiet">{when(conversation.lastMessageAt)}</span>
          </span>
          <span class="inbox-last" dir="auto">
            {conversation.lastSummary.toWellFormed()}
          </span>
          <span class="inbox-row-line">
            <TimeLeft window={conversation.window} />
            <span class="inbox-badges">
              {waitingSince === null ? null : (
                <span class="chip chip-warning">{words.t('inbox.waits', { time: when(waitingSince) })}</span>
              )}
              {ticket === undefined ? <span class="chip">{words.t('inbox.noTicket')}</span> : null}
            </span>
          </span>
          <bdi class="quiet inbox-channel-name">{channel.name}</bdi>
        </span>
      </button>
    </li>
  )
}
