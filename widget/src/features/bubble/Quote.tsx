import type { JSX } from 'preact'
import type { MessageId, MessageView } from '../../../../contract/index.ts'
import { usePane } from '../../state/pane.ts'
import { useRowTabIndex } from '../../ui/tab-index.ts'

type Props = { quote: NonNullable<MessageView['quote']>; onJump: (id: MessageId) => void }

/** The message this one answers; pressing it goes there. One that is not known here says that it was earlier. */
export function Quote({ quote, onJump }: Props): JSX.Element {
  const { words, ticket } = usePane()
  const tabIndex = useRowTabIndex()
  const { id, summary, direction } = quote
  if (id === undefined || summary === undefined) return <p class="quote">{words.t('quote.earlier')}</p>
  const who = direction === 'out' ? words.t('quote.us') : (ticket.conversation.value?.contact.name ?? '')
  return (
    <button type="button" class="quote" tabIndex={tabIndex} title={words.t('quote.jump')} onClick={() => onJump(id)}>
      <bdi class="quote-who">{who}</bdi>
      <span class="quote-text" dir="auto">
        {summary.toWellFormed()}
      </span>
    </button>
  )
}
