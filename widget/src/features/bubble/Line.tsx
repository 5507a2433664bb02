import type { JSX } from 'preact'
import type { TicketDecision } from '../../../../contract/index.ts'
import { usePane } from '../../state/pane.ts'
import type { ShownMessage } from '../thread/rows.model.ts'
import { decisionReason } from './decision.model.ts'

/** What happened without words of the customer: a changed number, a reaction to something unknown here, and the like. */
export function MessageLine({ message }: { message: ShownMessage }): JSX.Element {
  const { words, dates } = usePane()
  const { content, summary } = message
  const text = ((): string => {
    switch (content.kind) {
      case 'system':
        return content.event === 'other' ? summary : words.t(`system.${content.event}`)
      case 'welcome_request':
        return words.t('system.welcome_request')
      case 'call_permission':
        return words.t('system.call_permission')
      case 'reaction':
        return content.emoji === null
          ? words.t('reaction.removed')
          : words.t('reaction.given', { emoji: content.emoji })
      case 'revoke':
        return words.t('message.revoked')
      case 'edit':
        return words.t('message.editedTo', { text: content.text ?? summary })
      default:
        return summary
    }
  })()
  return (
    <p class="line" data-testid="line">
      <bdi>{text.toWellFormed()}</bdi> <time dateTime={message.sentAt}>{dates.time(message.sentAt)}</time>
    </p>
  )
}

/** What Kaiwa decided about tickets, and why. */
export function DecisionLine({ decision }: { decision: TicketDecision }): JSX.Element {
  const { words, ticket, openTicket } = usePane()
  const { t } = words
  const text = t(`decision.${decision.decision}`, { number: decision.ticketNumber })
  const reason = decisionReason(decision.reason)
  const isElsewhere = decision.ticketId !== ticket.ticketId.value
  return (
    <p class="line" data-testid="decision" data-decision={decision.decision} data-reason={decision.reason}>
      <span>{reason === null ? text : t('decision.because', { decision: text, reason: t(reason) })}</span>
      {isElsewhere ? (
        <button type="button" class="link-button" tabIndex={-1} onClick={() => openTicket(decision.ticketId)}>
          {t('action.openTicket', { number: decision.ticketNumber })}
        </button>
      ) : null}
    </p>
  )
}
