import type { JSX } from 'preact'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { SignInSteps } from './SignInSteps.tsx'

/** Asked before a change, where nobody has proved to be an administrator within the last half hour. */
export function SignInDialog(): JSX.Element | null {
  const { words, proof } = useSettings()
  const signIn = proof.signIn.value
  if (signIn === null) return null
  const isConnect = signIn.purpose === 'connect'
  return (
    <Dialog
      title={words.t(isConnect ? 'sign_in.connectTitle' : 'sign_in.title')}
      closeLabel={words.t('action.close')}
      onClose={proof.decline}
      testId="sign-in-dialog"
      actions={
        <Button onClick={proof.decline} testId="sign-in-cancel">
          {words.t('action.cancel')}
        </Button>
      }
    >
      <p>{words.t(isConnect ? 'sign_in.connectText' : 'sign_in.text')}</p>
      <SignInSteps purpose={signIn.purpose} label={words.t('sign_in.continue')} testId="sign-in-continue" />
    </Dialog>
  )
}
