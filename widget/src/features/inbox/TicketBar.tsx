import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { useInbox } from '../../state/inbox-page.ts'
import { usePane } from '../../state/pane.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { MakeTicket } from './MakeTicket.tsx'

/** Above the open conversation: the way back where there is one column, and its ticket or how to make one. */
export function TicketBar(): JSX.Element | null {
  const { words, ticket, thread, me, openTicket } = usePane()
  const { inbox, select } = useInbox()
  const [isOpen, setIsOpen] = useState(false)
  const [ordered, setOrdered] = useState<string | null>(null)
  const conversation = ticket.conversation.value
  const current = conversation?.ticket
  const isAgent = me.value !== null && me.value.role !== 'viewer'
  // Where tickets are made by hand, what came after the last one waits for another.
  const waits = thread.state.value.messages.findLast(({ direction }) => direction === 'in')?.isInTicket === false
  return (
    <div class="inbox-ticket" data-testid="ticket-bar">
      <IconButton
        icon="down"
        class="inbox-back"
        label={words.t('inbox.back')}
        onClick={() => select(null)}
        testId="inbox-back"
      />
      {current === undefined ? null : (
        <Button onClick={() => openTicket(current.id)} testId="open-ticket">
          {words.t('action.openTicket', { number: current.number })}
        </Button>
      )}
      {conversation === null || !isAgent || (current !== undefined && !waits) ? null : ordered === conversation.id ? (
        <span class="quiet" role="status" data-testid="ticket-ordered">
          {words.t('inbox.ordered')}
        </span>
      ) : (
        <Button isPrimary onClick={() => setIsOpen(true)} testId="make-ticket">
          {words.t('inbox.makeTicket')}
        </Button>
      )}
      {isOpen && conversation !== null ? (
        <MakeTicket
          id={conversation.id}
          onClose={() => setIsOpen(false)}
          onDone={() => {
            setIsOpen(false)
            setOrdered(conversation.id)
            void inbox.reload()
          }}
        />
      ) : null}
    </div>
  )
}
