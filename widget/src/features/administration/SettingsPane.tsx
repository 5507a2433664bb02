import type { JSX } from 'preact'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ErrorPanel } from '../pane/ErrorPanel.tsx'
import { SettingsSkeleton } from './SettingsSkeleton.tsx'
import { Shell } from './Shell.tsx'
import { SignInDialog } from './SignInDialog.tsx'
import { StartPage } from './StartPage.tsx'

function Inside(): JSX.Element {
  const { words, phase, failure, setup, proof, reload } = useSettings()
  const why = failure.value
  switch (phase.value) {
    case 'ready':
      return setup.value === null ? <SettingsSkeleton /> : <Shell setup={setup.value} />
    case 'signed_out':
      return <StartPage />
    case 'not_admin':
      return (
        <main>
          <Panel
            icon="person"
            title={words.t('settings.notAdminTitle')}
            testId="not-admin"
            action={
              <Button onClick={() => void proof.ask('proof')} testId="sign-in">
                {words.t('sign_in.other')}
              </Button>
            }
          >
            <p>{words.t('settings.notAdminText')}</p>
          </Panel>
          <SignInDialog />
        </main>
      )
    case 'failed':
      return (
        <main>{why === null ? null : <ErrorPanel words={words} failure={why} onRetry={() => void reload()} />}</main>
      )
    default:
      return <SettingsSkeleton />
  }
}

/** The extension's settings, for administrators. */
export function SettingsPane(): JSX.Element {
  return (
    <div class="settings-pane" data-testid="settings-pane">
      <Inside />
    </div>
  )
}
