import type { JSX } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { createEarlier, hasEarlier } from '../../state/earlier.ts'
import { plainText } from '../../state/locale.model.ts'
import { usePane } from '../../state/pane.ts'
import archive from '../../styles/archive.css?inline'
import dialog from '../../styles/dialog.css?inline'
import { Dialog } from '../../ui/Dialog.tsx'
import { wear } from '../../ui/wear.ts'
import { ChatFeed } from './ChatFeed.tsx'

wear(dialog, archive)

type Whose = { phoneNumberId: string; phone: string; name: string }

function EarlierDialog({ phoneNumberId, phone, name, onClose }: Whose & { onClose: () => void }): JSX.Element {
  const { words, dates, clock, call } = usePane()
  const chat = useMemo(() => createEarlier(call, phoneNumberId, phone), [call, phoneNumberId, phone])
  return (
    <Dialog
      title={words.t('archive.earlier')}
      closeLabel={words.t('action.close')}
      onClose={onClose}
      testId="archive-dialog"
    >
      <p class="quiet">{words.t('archive.lead')}</p>
      <ChatFeed chat={chat} who={plainText(name)} words={words} dates={dates} clock={clock} />
    </Dialog>
  )
}

/** Opens what was written with this customer in the Business app, where there is anything. */
export function Earlier(): JSX.Element | null {
  const { words, call, ticket } = usePane()
  const { contact, channel } = ticket.conversation.value ?? {}
  const phone = contact?.phone
  const phoneNumberId = channel?.phoneNumberId
  const [found, setFound] = useState<string | null>(null)
  const [isOpen, setIsOpen] = useState(false)
  useEffect(() => {
    if (phone === undefined || phoneNumberId === undefined) return undefined
    let isOver = false
    void hasEarlier(call, phoneNumberId, phone).then((answer) => {
      if (!isOver && answer.ok) setFound(answer.value ? phone : null)
    })
    return () => {
      isOver = true
    }
  }, [call, phone, phoneNumberId])
  if (contact === undefined || phone === undefined || phoneNumberId === undefined || found !== phone) return null
  return (
    <div class="archive-earlier">
      <button type="button" class="link-button" data-testid="archive-earlier" onClick={() => setIsOpen(true)}>
        {words.t('archive.earlier')}
      </button>
      {isOpen ? (
        <EarlierDialog
          phoneNumberId={phoneNumberId}
          phone={phone}
          name={contact.name}
          onClose={() => setIsOpen(false)}
        />
      ) : null}
    </div>
  )
}
