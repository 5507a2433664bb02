import type { JSX } from 'preact'
import type { MessageView } from '../../../../contract/index.ts'
import { usePane } from '../../state/pane.ts'
import { cancelMessage } from '../../state/sending.ts'
import { Button } from '../../ui/Button.tsx'
import { heldOf } from './quota.model.ts'
import { useSendOnce } from './use-send-once.ts'
import { WhyNot } from './WhyNot.tsx'

function HeldMessage({ message }: { message: MessageView }): JSX.Element {
  const { words, call, ticket, thread } = usePane()
  const { isBusy, failure, run } = useSendOnce()
  const id = ticket.conversation.value?.id
  return (
    <li class="held-message" data-testid="held-message">
      <span class="held-text" dir="auto">
        {message.summary.toWellFormed()}
      </span>
      <Button
        isBusy={isBusy}
        testId="cancel-held"
        onClick={() => {
          if (id !== undefined) run(cancelMessage(call, id, message.id), (answer) => thread.put(answer.message))
        }}
      >
        {words.t('quota.cancel')}
      </Button>
      {failure === null ? null : <WhyNot failure={failure} />}
    </li>
  )
}

/** Answers that wait until the channel is on again; each can be taken back. */
export function Held(): JSX.Element | null {
  const { words, thread } = usePane()
  const held = heldOf(thread.state.value.messages)
  if (held.length === 0) return null
  return (
    <div data-testid="held">
      <p>{words.t('quota.held', { count: held.length })}</p>
      <ul class="held-list">
        {held.map((message) => (
          <HeldMessage key={message.id} message={message} />
        ))}
      </ul>
    </div>
  )
}
