import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { SignInPurpose } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Icon } from '../../ui/Icon.tsx'
import { SettingsIcon } from '../../ui/SettingsIcon.tsx'
import { SignInSteps } from './SignInSteps.tsx'

const PROMISES = ['setup.start.ticket', 'setup.start.answer', 'setup.start.minutes'] as const

/** Before anything is connected, or for an administrator whose Desk does not hold the install key yet. */
export function StartPage(): JSX.Element {
  const { words, proof } = useSettings()
  const [purpose, setPurpose] = useState<SignInPurpose>('connect')
  useEffect(() => {
    void proof.ask(purpose)
  }, [proof, purpose])
  const isConnect = purpose === 'connect'
  return (
    <main class="start" data-testid="start-page">
      <span class="start-logo">
        <SettingsIcon name="chat" size={32} />
      </span>
      <h1>{words.t('setup.start.title')}</h1>
      <p class="start-lead">{words.t('setup.start.lead')}</p>
      <ul class="start-promises">
        {PROMISES.map((word) => (
          <li key={word}>
            <Icon name="check" /> {words.t(word)}
          </li>
        ))}
      </ul>
      <div class="card start-card">
        <h2>{words.t(isConnect ? 'sign_in.connectTitle' : 'sign_in.title')}</h2>
        <p>{words.t(isConnect ? 'sign_in.connectText' : 'sign_in.text')}</p>
        <SignInSteps
          key={purpose}
          purpose={purpose}
          label={words.t(isConnect ? 'sign_in.connect' : 'sign_in.continue')}
          testId={isConnect ? 'connect-desk' : 'sign-in'}
        />
        <p class="quiet">
          {words.t(isConnect ? 'sign_in.already' : 'sign_in.notYet')}{' '}
          <button
            type="button"
            class="link-button"
            data-testid={isConnect ? 'choose-sign-in' : 'choose-connect'}
            onClick={() => setPurpose(isConnect ? 'proof' : 'connect')}
          >
            {words.t(isConnect ? 'sign_in.signIn' : 'sign_in.connect')}
          </button>
        </p>
      </div>
    </main>
  )
}
