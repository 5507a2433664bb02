import type { JSX, RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { SettingsPhase } from '../../state/settings/settings.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { focusHeading, isFocusLost } from '../../ui/focus.ts'
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

/** A person may have pressed something there. The first page that is shown takes the focus from nobody. */
const PRESSED_IN: readonly SettingsPhase[] = ['signed_out', 'not_admin', 'ready']

/** Another page has come, and what one pressed has gone with the last one: keyboards and readers go on at its heading. */
function useFocusOnPage(): RefObject<HTMLDivElement | null> {
  const { phase, navigation } = useSettings()
  const pane = useRef<HTMLDivElement>(null)
  const [now, page, wizard] = [phase.value, navigation.page.value, navigation.wizard.value]
  const before = useRef(now)
  useEffect(() => {
    const wasPressed = PRESSED_IN.includes(before.current)
    before.current = now
    if (wasPressed && isFocusLost()) focusHeading(pane.current?.querySelector('h1'))
  }, [now, page, wizard])
  return pane
}

/** The extension's settings, for administrators. */
export function SettingsPane(): JSX.Element {
  const pane = useFocusOnPage()
  return (
    <div class="settings-pane" data-testid="settings-pane" ref={pane}>
      <Inside />
    </div>
  )
}
