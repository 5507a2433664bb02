import type { JSX } from 'preact'
import type { MessageView } from '../../../../contract/index.ts'
import { usePane } from '../../state/pane.ts'

/** Emoji on the corner of a bubble, each with who gave it. */
export function Reactions({ reactions }: { reactions: NonNullable<MessageView['reactions']> }): JSX.Element {
  const { words, ticket } = usePane()
  const name = ticket.conversation.value?.contact.name ?? ''
  return (
    <span class="reactions" data-testid="reactions">
      {reactions.map(({ from, emoji }, index) => {
        const label = words.t('reaction.by', { emoji, who: from === 'in' ? name : words.t('quote.us') })
        return (
          <span key={index} role="img" aria-label={label} title={label}>
            {emoji.toWellFormed()}
          </span>
        )
      })}
    </span>
  )
}
