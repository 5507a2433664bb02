import type { JSX } from 'preact'
import { usePane } from '../../state/pane.ts'
import { IconButton } from '../../ui/IconButton.tsx'

/** The message that the answer quotes, until it is sent or taken away. */
export function ReplyStrip(): JSX.Element | null {
  const { words, drafts, thread, ticket } = usePane()
  const { replyTo } = drafts.current.value
  if (replyTo === undefined) return null
  const message = thread.state.value.messages.find(({ id }) => id === replyTo)
  const who = message?.direction === 'out' ? words.t('quote.us') : (ticket.conversation.value?.contact.name ?? '')
  return (
    <div class="reply-strip" data-testid="reply-strip">
      <div class="quote">
        <span class="quote-who">{words.t('composer.replyingTo', { name: who })}</span>
        <span class="quote-text" dir="auto">
          {message === undefined ? words.t('quote.earlier') : message.summary.toWellFormed()}
        </span>
      </div>
      <IconButton
        icon="close"
        label={words.t('action.cancelReply')}
        onClick={() => drafts.replyTo(undefined)}
        testId="cancel-reply"
      />
    </div>
  )
}
