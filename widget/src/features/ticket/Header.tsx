import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ConversationView } from '../../../../contract/index.ts'
import { usePane } from '../../state/pane.ts'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { WindowRing } from '../window/WindowRing.tsx'
import { copyShown } from './copy.ts'
import { address, initial } from './header.model.ts'

const COPIED_MS = 2_000

/** The customer's number or name on WhatsApp; pressing it copies it, or selects it where the browser allows no more. */
function Address({ contact }: { contact: ConversationView['contact'] }): JSX.Element | null {
  const { words } = usePane()
  const shown = useRef<HTMLElement>(null)
  const [outcome, setOutcome] = useState<'copied' | 'notCopied' | null>(null)
  const text = address(contact)
  useEffect(() => {
    if (outcome !== 'copied') return undefined
    const timer = setTimeout(() => setOutcome(null), COPIED_MS)
    return () => clearTimeout(timer)
  }, [outcome])
  if (text === null) return null
  const copy = (): void => {
    if (shown.current !== null)
      void copyShown(shown.current).then((isCopied) => setOutcome(isCopied ? 'copied' : 'notCopied'))
  }
  return (
    <button type="button" class="address" title={words.t('action.copy')} onClick={copy} data-testid="contact-address">
      <bdi ref={shown} dir="ltr">
        {text}
      </bdi>
      <Icon name={outcome === 'copied' ? 'check' : 'copy'} size={12} />
      <span class={outcome === 'notCopied' ? '' : 'hidden'} role="status">
        {outcome === null ? '' : words.t(outcome === 'copied' ? 'action.copied' : 'action.notCopied')}
      </span>
    </button>
  )
}

/** Who is at the other end, on which channel, and for how long one may write freely. */
export function Header({ onShortcuts }: { onShortcuts: () => void }): JSX.Element | null {
  const { words, ticket } = usePane()
  const conversation = ticket.conversation.value
  if (conversation === null) return null
  const { contact, channel } = conversation
  return (
    <header class="header" data-testid="header">
      <span class="avatar" aria-hidden="true">
        {initial(contact.name)}
      </span>
      <div class="header-text">
        <div class="header-line">
          <h1 class="name" data-testid="contact-name">
            <bdi>{contact.name.toWellFormed()}</bdi>
          </h1>
          <bdi class="channel" title={channel.displayPhoneNumber} data-testid="channel-name">
            {channel.name}
          </bdi>
        </div>
        <div class="header-line">
          <Address contact={contact} />
          <WindowRing />
        </div>
      </div>
      <IconButton icon="keyboard" label={words.t('shortcuts.title')} onClick={onShortcuts} testId="shortcuts-button" />
    </header>
  )
}
