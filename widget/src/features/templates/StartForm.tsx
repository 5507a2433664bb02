import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { StartOptions } from '../../../../contract/index.ts'
import { usePane } from '../../state/pane.ts'
import type { Templates } from '../../state/templates.ts'
import { Icon } from '../../ui/Icon.tsx'
import { SelectField } from '../../ui/SelectField.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { quotaWord } from './quota.model.ts'
import { TemplatePicker } from './TemplatePicker.tsx'
import { useSendOnce } from './use-send-once.ts'

export type StartFormProps = { options: StartOptions; templates: Templates; onDone: () => void }

type Sender = StartOptions['numbers'][number]

/** Why this number sends no template now, or how many people it may still write to. */
function SenderNote({ sender }: { sender: Sender }): JSX.Element | null {
  const { words, dates } = usePane()
  if (sender.refusal !== null) {
    const word = quotaWord(sender.refusal)
    return (
      <div class="note note-danger" data-testid="sender-refused" data-refusal={sender.refusal}>
        <p>
          <Icon name="alert" size={14} /> {words.t(word ?? 'start.cannotSend')}
        </p>
      </div>
    )
  }
  if (sender.places === null) return null
  const { used, limit } = sender.places
  return (
    <p class="quiet" data-testid="sender-places">
      {words.t('start.places', { used: dates.number(used), limit: dates.number(limit) })}
    </p>
  )
}

/** To whom, from which number, and what. */
export function StartForm({ options, templates, onDone }: StartFormProps): JSX.Element {
  const { words, ticket } = usePane()
  const { contact, numbers } = options
  const [to, setTo] = useState(contact.phones[0] ?? '')
  const [from, setFrom] = useState((numbers.find(({ refusal }) => refusal === null) ?? numbers[0])?.phoneNumberId ?? '')
  const [isTried, setIsTried] = useState(false)
  const { isBusy, failure, run } = useSendOnce()
  const sender = numbers.find(({ phoneNumberId }) => phoneNumberId === from)
  if (sender === undefined) return <p data-testid="start-nowhere">{words.t('start.nowhere')}</p>
  const isMissing = to.trim() === ''
  return (
    <div class="form">
      {contact.phones.length > 1 ? (
        <SelectField
          label={words.t('start.to')}
          value={to}
          options={contact.phones.map((phone) => ({ value: phone, label: phone }))}
          onChange={setTo}
          inputTestId="start-to"
        />
      ) : (
        <TextField
          label={words.t('start.to')}
          hint={contact.phones.length === 0 ? words.t('start.toHint') : undefined}
          error={isTried && isMissing ? words.t('start.phoneInvalid') : null}
          value={to}
          direction="ltr"
          onInput={setTo}
          inputTestId="start-to"
        />
      )}
      {numbers.length === 1 ? null : (
        <SelectField
          label={words.t('start.from')}
          value={from}
          options={numbers.map(({ phoneNumberId, channelName, displayPhoneNumber }) => ({
            value: phoneNumberId,
            label: `${channelName} (${displayPhoneNumber})`,
          }))}
          onChange={setFrom}
          inputTestId="start-from"
        />
      )}
      <SenderNote sender={sender} />
      {sender.refusal === null ? (
        <TemplatePicker
          key={sender.phoneNumberId}
          templates={templates}
          phoneNumberId={sender.phoneNumberId}
          isBusy={isBusy}
          failure={failure}
          onSend={(template) => {
            setIsTried(true)
            if (isMissing) return
            const ticketId = ticket.ticketId.peek()
            run(templates.start({ phoneNumberId: sender.phoneNumberId, to: to.trim(), template, ticketId }), onDone)
          }}
        />
      ) : null}
    </div>
  )
}
