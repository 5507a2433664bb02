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

/**
 * What one pressed has gone: keyboards and readers go on at the heading of the page that came, or, where the page is the same, of the
 * step that is open.
 */
function useFocusOnPage(): RefObject<HTMLDivElement | null> {
  const { phase, navigation } = useSettings()
  const pane = useRef<HTMLDivElement>(null)
  const now = phase.value
  const { page, wizard, archive } = navigation
  const [onPage, inWizard, inArchive] = [page.value, wizard.value, archive.value]
  const before = useRef(now)
  const heading = useRef<HTMLElement | null>(null)
  useEffect(() => {
    const wasPressed = PRESSED_IN.includes(before.current)
    before.current = now
    const last = heading.current
    heading.current = pane.current?.querySelector('h1') ?? null
    if (!wasPressed || !isFocusLost()) return
    const step = last === heading.current ? pane.current?.querySelector<HTMLElement>('[aria-current="step"] h2') : null
    focusHeading(step ?? heading.current)
  }, [now, onPage, inWizard, inArchive])
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
