import type { JSX } from 'preact'
import type { MessageId } from '../../../../contract/index.ts'
import { usePane } from '../../state/pane.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useRowTabIndex } from '../../ui/tab-index.ts'
import type { ShownMessage } from '../thread/rows.model.ts'
import { BubbleContent } from './BubbleContent.tsx'
import { errorTexts } from './content.model.ts'
import { Extras } from './Extras.tsx'
import { FailureNote, UnknownNote } from './FailureNote.tsx'
import { Meta } from './Meta.tsx'
import { Quote } from './Quote.tsx'
import { Reactions } from './Reactions.tsx'
import { Versions } from './Versions.tsx'

export type BubbleProps = {
  message: ShownMessage
  isFirstOfGroup: boolean
  isLastOfGroup: boolean
  onJump: (id: MessageId) => void
  onReply: (id: MessageId) => void
}

function Body({ message, onJump }: Pick<BubbleProps, 'message' | 'onJump'>): JSX.Element {
  const { words } = usePane()
  const { extras, quote, isRevoked, versions } = message
  return (
    <>
      {extras === undefined ? null : <Extras extras={extras} errors={errorTexts(message)} />}
      {quote === undefined ? null : <Quote quote={quote} onJump={onJump} />}
      {isRevoked === true ? (
        <>
          <p class="placeholder" data-testid="revoked">
            {words.t('message.revoked')}
          </p>
          <div class="revoked">
            <BubbleContent message={message} />
          </div>
        </>
      ) : (
        <BubbleContent message={message} />
      )}
      {versions === undefined || versions.length === 0 ? null : <Versions versions={versions} />}
    </>
  )
}

/** One message: a bubble on its side, and under it what went wrong. */
export function Bubble({ message, isFirstOfGroup, isLastOfGroup, onJump, onReply }: BubbleProps): JSX.Element {
  const { words, ticket, me } = usePane()
  const tabIndex = useRowTabIndex()
  const { id, direction, agent, reactions, failure, status } = message
  const isOurs = direction === 'out'
  const isWaitingForTicket = ticket.conversation.value?.desk.state !== 'done'
  const canReply = id !== undefined && message.wamid !== undefined && me.value?.role !== 'viewer'
  const hasReactions = reactions !== undefined && reactions.length > 0
  return (
    <div
      class={`message message-${direction} ${isLastOfGroup ? 'message-last' : ''} ${hasReactions ? 'message-reacted' : ''}`}
    >
      <div class="message-line">
        <div
          class={`bubble bubble-${direction} ${status === 'queued' || status === 'sending' ? 'bubble-waiting' : ''}`}
        >
          {isOurs && isFirstOfGroup && agent !== undefined ? <bdi class="agent">{agent.name}</bdi> : null}
          <Body message={message} onJump={onJump} />
          <Meta message={message} hasTime={isLastOfGroup} isWaitingForTicket={isWaitingForTicket} />
          {hasReactions ? <Reactions reactions={reactions} /> : null}
        </div>
        {canReply ? (
          <IconButton
            icon="reply"
            class="reply-button"
            label={words.t('action.reply')}
            tabIndex={tabIndex}
            testId="reply"
            onClick={() => onReply(id)}
          />
        ) : null}
      </div>
      {id !== undefined && failure !== undefined && status === 'failed' ? (
        <FailureNote id={id} failure={failure} />
      ) : null}
      {id !== undefined && status === 'unknown' ? <UnknownNote id={id} /> : null}
    </div>
  )
}
