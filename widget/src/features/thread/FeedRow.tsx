import type { JSX } from 'preact'
import type { MessageId } from '../../../../contract/index.ts'
import { usePane } from '../../state/pane.ts'
import { plainText } from '../../state/locale.model.ts'
import { RowTabIndexProvider } from '../../ui/tab-index.ts'
import { Bubble } from '../bubble/Bubble.tsx'
import { DecisionLine, MessageLine } from '../bubble/Line.tsx'
import type { Row } from './rows.model.ts'

export type FeedRowProps = {
  row: Row
  position: number
  /** -1 while older ones exist: nobody knows how many there are. */
  setSize: number
  isActive: boolean
  isFlashing: boolean
  onJump: (id: MessageId) => void
  onReply: (id: MessageId) => void
}

function useLabel(row: Row): string {
  const { words, dates, ticket } = usePane()
  if (row.kind === 'day') return ''
  if (row.kind === 'decision') return words.t('row.system', { time: dates.full(row.decision.at) })
  const { direction, agent, sentAt } = row.message
  const name = ticket.conversation.value?.contact.name ?? ''
  const who = direction === 'in' ? plainText(name) : (agent?.name ?? words.t('quote.us'))
  return words.t('row.label', { who, time: dates.full(sentAt) })
}

/** A row of the thread: a day, or an article of the feed that can hold the focus. */
export function FeedRow({ row, position, setSize, isActive, isFlashing, onJump, onReply }: FeedRowProps): JSX.Element {
  const { dates, clock } = usePane()
  const label = useLabel(row)
  if (row.kind === 'day') {
    return (
      <div class="day" data-testid="day">
        <span>{dates.day(row.at, clock.now.value)}</span>
      </div>
    )
  }
  const message = row.kind === 'decision' ? undefined : row.message
  return (
    <article
      class={isFlashing ? 'row row-flash' : 'row'}
      tabIndex={isActive ? 0 : -1}
      aria-posinset={position}
      aria-setsize={setSize}
      aria-label={label}
      data-row={row.key}
      data-testid={row.kind === 'message' ? 'message' : 'line-row'}
      data-message-id={message?.id}
      data-direction={message?.direction}
      data-kind={message?.content.kind}
      data-status={message?.status}
    >
      <RowTabIndexProvider value={isActive ? 0 : -1}>
        {row.kind === 'message' ? (
          <Bubble
            message={row.message}
            isFirstOfGroup={row.isFirstOfGroup}
            isLastOfGroup={row.isLastOfGroup}
            onJump={onJump}
            onReply={onReply}
          />
        ) : row.kind === 'line' ? (
          <MessageLine message={row.message} />
        ) : (
          <DecisionLine decision={row.decision} />
        )}
      </RowTabIndexProvider>
    </article>
  )
}
