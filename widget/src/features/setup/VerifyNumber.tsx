import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { NumberView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import type { CodeMethod } from '../../state/settings/setup-calls.ts'
import { Button } from '../../ui/Button.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { useCall } from '../administration/use-call.ts'
import { CodeBoxes } from './CodeBoxes.tsx'
import { CODE_LENGTH } from './code.model.ts'
import { Failures } from './FailureNote.tsx'
import { useCountdown } from './use-countdown.ts'

export type VerifyNumberProps = { number: NumberView; onChangeNumber: () => void }

/** Proves that the number is the customer's: six digits by text or call. */
export function VerifyNumber({ number, onChangeNumber }: VerifyNumberProps): JSX.Element {
  const { words, calls } = useSettings()
  const [method, setMethod] = useState<CodeMethod>(number.code?.method ?? 'SMS')
  const [code, setCode] = useState('')
  const [turn, setTurn] = useState(0)
  const asking = useCall()
  const verifying = useCall()
  const wait = useCountdown(number.code?.resendAt ?? null)
  const id = number.phoneNumberId
  const typeAnew = (): void => {
    setCode('')
    setTurn((turns) => turns + 1)
  }
  const send = (): void => {
    verifying.clear()
    setCode('')
    void asking
      .run(() => calls.requestCode(id, method))
      .then((isSent) => {
        if (isSent) typeAnew()
      })
  }
  const verify = (): void => {
    if (code.length < CODE_LENGTH) return
    asking.clear()
    void verifying
      .run(() => calls.verify(id, code))
      .then((isDone) => {
        if (!isDone) typeAnew()
      })
  }
  const failure = verifying.failure ?? asking.failure
  const repairs = {
    retry: verifying.failure === null ? send : typeAnew,
    wait: send,
    change_number: onChangeNumber,
  }
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        verify()
      }}
    >
      {number.code === null ? <p>{words.t('setup.code.which', { number: number.displayPhoneNumber })}</p> : null}
      {number.code === null ? null : (
        <div class="form" data-testid="code-sent">
          <p>
            {words.t(number.code.method === 'VOICE' ? 'setup.code.calledAt' : 'setup.code.sentTo', {
              number: number.displayPhoneNumber,
            })}
          </p>
          <CodeBoxes
            label={words.t('setup.code.label')}
            value={code}
            onInput={setCode}
            onSubmit={verify}
            isWrong={verifying.failure !== null}
            turn={turn}
          />
        </div>
      )}
      <Choice
        legend={words.t(number.code === null ? 'setup.code.method' : 'setup.code.methodAgain')}
        value={method}
        testId="code-method"
        onChange={(value) => setMethod(value === 'VOICE' ? 'VOICE' : 'SMS')}
        options={[
          { value: 'SMS', label: words.t('setup.code.sms') },
          { value: 'VOICE', label: words.t('setup.code.voice'), hint: words.t('setup.code.voiceHint') },
        ]}
      />
      <Failures failure={failure} stored={number.failure} repairs={repairs} />
      <div class="wizard-actions">
        <Button onClick={onChangeNumber} testId="number-other">
          {words.t('setup.number.other')}
        </Button>
        <Button
          isPrimary={number.code === null}
          isBusy={asking.isBusy}
          isDisabled={wait > 0}
          onClick={send}
          testId={number.code === null ? 'code-send' : 'code-resend'}
        >
          {number.code === null
            ? words.t('setup.code.send')
            : wait > 0
              ? words.t('setup.code.resendIn', { seconds: wait })
              : words.t('setup.code.resend')}
        </Button>
        {number.code === null ? null : (
          <Button
            isPrimary
            isBusy={verifying.isBusy}
            isDisabled={code.length < CODE_LENGTH}
            onClick={verify}
            testId="code-verify"
          >
            {words.t('setup.code.verify')}
          </Button>
        )}
      </div>
      <p class="wizard-next">{words.t('setup.code.next')}</p>
    </form>
  )
}
