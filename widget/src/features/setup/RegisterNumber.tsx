import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { NumberView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { useCall } from '../administration/use-call.ts'
import { CodeBoxes } from './CodeBoxes.tsx'
import { CODE_LENGTH } from './code.model.ts'
import { Failures } from './FailureNote.tsx'
import { setupFailureOf } from '../../state/settings/failures.ts'
import { META_WHATSAPP } from './links.model.ts'

/** Switches the number on at WhatsApp. A number that had two-step verification before asks for its PIN. */
export function RegisterNumber({ number }: { number: NumberView }): JSX.Element {
  const { words, calls } = useSettings()
  const [pin, setPin] = useState('')
  const call = useCall()
  const failure = call.failure === null ? number.failure : setupFailureOf(call.failure)
  const asksPin = failure?.action === 'enter_pin' || call.failure?.code === 'setup.pin_needed'
  const [isPinShown, setIsPinShown] = useState(false)
  const hasPin = asksPin || isPinShown
  const register = (): void => {
    if (!hasPin || pin.length === CODE_LENGTH || pin === '')
      void call.run(() => calls.register(number.phoneNumberId, pin))
  }
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        register()
      }}
    >
      <p>{words.t('setup.register.text', { number: number.displayPhoneNumber })}</p>
      {hasPin ? (
        <div class="field" data-testid="register-pin">
          <p>{words.t('setup.register.pin')}</p>
          <CodeBoxes
            label={words.t('setup.register.pinLabel')}
            value={pin}
            onInput={setPin}
            onSubmit={register}
            turn={isPinShown || call.failure !== null ? 1 : 0}
          />
          <p class="quiet">{words.t('setup.register.pinHint')}</p>
          <div>
            <LinkButton href={META_WHATSAPP}>{words.t('setup.register.pinReset')}</LinkButton>
          </div>
        </div>
      ) : null}
      <Failures
        failure={call.failure}
        stored={number.failure}
        repairs={{ retry: register, wait: register, enter_pin: () => setIsPinShown(true) }}
      />
      <div class="wizard-actions">
        {hasPin ? null : (
          <Button onClick={() => setIsPinShown(true)} testId="register-has-pin">
            {words.t('setup.register.hasPin')}
          </Button>
        )}
        <Button
          isPrimary
          isBusy={call.isBusy}
          isDisabled={asksPin && pin.length < CODE_LENGTH}
          onClick={register}
          testId="register"
        >
          {words.t('setup.register.do')}
        </Button>
      </div>
      <p class="wizard-next">{words.t('setup.register.next')}</p>
    </form>
  )
}
