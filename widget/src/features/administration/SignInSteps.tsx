import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { SignInPurpose } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Note } from '../../ui/Note.tsx'
import { TextField } from '../../ui/TextField.tsx'

/** A code that the window showed, because it could not reach this page. */
function PasteCode(): JSX.Element {
  const { words, proof } = useSettings()
  const [code, setCode] = useState('')
  return (
    <details class="form-more">
      <summary>{words.t('sign_in.hasCode')}</summary>
      <form
        class="form form-line"
        onSubmit={(event) => {
          event.preventDefault()
          if (code.trim() !== '') void proof.submit(code)
        }}
      >
        <TextField
          label={words.t('sign_in.code')}
          hint={words.t('sign_in.codeHint')}
          value={code}
          onInput={setCode}
          direction="ltr"
          autocomplete="one-time-code"
          inputTestId="sign-in-code"
        />
        <Button onClick={() => void proof.submit(code)} isDisabled={code.trim() === ''} testId="sign-in-code-submit">
          {words.t('sign_in.useCode')}
        </Button>
      </form>
    </details>
  )
}

export type SignInStepsProps = { purpose: SignInPurpose; label: string; testId: string; onStart?: () => void }

/** The way through Zoho's window: opening it, waiting for it, and what to do where a browser stands in the way. */
export function SignInSteps({ purpose, label, testId, onStart }: SignInStepsProps): JSX.Element {
  const { words, proof } = useSettings()
  const signIn = proof.signIn.value
  const address = proof.address.value
  const own = signIn?.purpose === purpose ? signIn : null
  const state = own?.state ?? 'asked'
  return (
    <div class="sign-in" data-testid="sign-in-steps" data-state={state}>
      <Button
        isPrimary={state !== 'blocked'}
        isBusy={state === 'checking' || address === null}
        testId={testId}
        onClick={() => {
          onStart?.()
          proof.openWindow()
        }}
      >
        {state === 'waiting' ? words.t('sign_in.openAgain') : label}
      </Button>
      <div role="status" class="sign-in-status">
        {state === 'waiting' ? <p>{words.t('sign_in.waiting')}</p> : null}
        {state === 'checking' ? <p>{words.t('sign_in.checking')}</p> : null}
      </div>
      {state === 'blocked' && address !== null ? (
        <Note
          tone="warning"
          testId="popup-blocked"
          actions={
            <LinkButton href={address} isPrimary isOurs testId="sign-in-link">
              {words.t('sign_in.openHere')}
            </LinkButton>
          }
        >
          <p>{words.t('sign_in.blocked')}</p>
        </Note>
      ) : null}
      {own === null || own.failure === null ? null : (
        <Note tone="danger" testId="note" kind={own.failure.code} isAlert>
          <p>{words.t(own.failure.kind === 'http' ? 'sign_in.codeRefused' : 'setup.refusal.network')}</p>
        </Note>
      )}
      {state === 'waiting' || state === 'blocked' || (own !== null && own.failure !== null) ? <PasteCode /> : null}
    </div>
  )
}
