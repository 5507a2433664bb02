import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useCall } from '../administration/use-call.ts'
import { CodeBoxes } from './CodeBoxes.tsx'
import { CODE_LENGTH, digitsOf } from './code.model.ts'
import { Failures } from './FailureNote.tsx'
import { META_WHATSAPP } from './links.model.ts'

/** `aboutText`: Meta sends no code to a number that is verified already, so this text proves who holds it. */
type Sent = { to: string; aboutText: string | null }

/** Meta's own page names no one to us: the account is claimed by its id and a code sent to its number. */
export function ClaimForm({ url }: { url: string }): JSX.Element {
  const { words, calls, navigation, setup } = useSettings()
  const [wabaId, setWabaId] = useState('')
  const [sent, setSent] = useState<Sent | null>(null)
  const [code, setCode] = useState('')
  const [turn, setTurn] = useState(0)
  const call = useCall()
  const isId = /^\d{1,32}$/.test(wabaId.trim())
  const send = (method: 'SMS' | 'VOICE'): void => {
    if (!isId) return
    void call.run(async () => {
      const answer = await calls.claim(wabaId.trim(), method)
      if (!answer.ok) return answer.error
      const { displayPhoneNumber, aboutText } = answer.value
      setSent({ to: displayPhoneNumber, aboutText })
      setCode(digitsOf(aboutText ?? ''))
      if (aboutText === null) setTurn((turns) => turns + 1)
      return null
    })
  }
  const confirm = (): void => {
    if (code.length < CODE_LENGTH) return
    void call
      .run(() => calls.confirmClaim(wabaId.trim(), code))
      .then((isDone) => {
        if (isDone) return navigation.connected(setup.peek(), { wabaId: wabaId.trim(), phoneNumberId: null })
        // The text for the profile stays as it is; digits that were typed are typed anew.
        if (sent?.aboutText !== null) return
        setCode('')
        setTurn((turns) => turns + 1)
      })
  }
  const again = (): void => send('SMS')
  return (
    <div class="form">
      <ol class="numbered">
        <li>
          <p>{words.t('setup.claim.step1')}</p>
          <LinkButton href={url} testId="claim-open">
            {words.t('setup.claim.open')}
          </LinkButton>
        </li>
        <li>
          <TextField
            label={words.t('setup.account.id')}
            hint={words.t('setup.account.idHint')}
            value={wabaId}
            onInput={setWabaId}
            keys="numeric"
            direction="ltr"
            inputTestId="claim-waba"
          />
          <div class="wizard-actions wizard-actions-start">
            <Button isBusy={call.isBusy} isDisabled={!isId} onClick={() => send('SMS')} testId="claim-send">
              {words.t('setup.claim.send')}
            </Button>
            <Button isBusy={call.isBusy} isDisabled={!isId} onClick={() => send('VOICE')} testId="claim-call">
              {words.t('setup.claim.call')}
            </Button>
          </div>
        </li>
        {sent === null ? null : (
          <li data-testid="claim-code">
            {sent.aboutText === null ? (
              <p>{words.t('setup.code.sentTo', { number: sent.to })}</p>
            ) : (
              <>
                <p>{words.t('setup.claim.about', { number: sent.to })}</p>
                <p>
                  <code class="claim-text" dir="ltr" data-testid="claim-about">
                    {sent.aboutText}
                  </code>
                </p>
                <LinkButton href={META_WHATSAPP}>{words.t('setup.repair.openMeta')}</LinkButton>
              </>
            )}
            <CodeBoxes
              value={code}
              onInput={setCode}
              label={words.t('setup.code.label')}
              onSubmit={confirm}
              turn={turn}
            />
          </li>
        )}
      </ol>
      <Failures failure={call.failure} repairs={{ retry: again, wait: again }} />
      <div class="wizard-actions">
        <Button
          isPrimary
          isBusy={call.isBusy}
          isDisabled={sent === null || code.length < CODE_LENGTH}
          onClick={confirm}
          testId="claim-confirm"
        >
          {words.t('setup.claim.confirm')}
        </Button>
      </div>
    </div>
  )
}
