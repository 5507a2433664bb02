import type { JSX } from 'preact'
import type { SetupView } from '../../../../contract/index.ts'
import type { Page } from '../../state/settings/navigation.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Bar } from '../../ui/Bar.tsx'
import { AuditPage } from '../audit/AuditPage.tsx'
import { ProblemsBanner } from '../health/ProblemsBanner.tsx'
import { OverviewPage } from '../overview/OverviewPage.tsx'
import { isSetUp } from '../setup/wizard.model.ts'
import { NumbersPage } from './NumbersPage.tsx'
import { Rail } from './Rail.tsx'
import { SignInDialog } from './SignInDialog.tsx'

/** What stands above every page, only while it is so. */
function Bars(): JSX.Element {
  const { words, isOnline, failure, reload } = useSettings()
  const why = failure.value
  return (
    <>
      {isOnline.value ? null : (
        <Bar icon="unplugged" tone="warning" testId="offline" isSpoken>
          {words.t('settings.offline')}
        </Bar>
      )}
      {isOnline.value && why !== null ? (
        <Bar
          icon="refresh"
          tone="warning"
          testId="stale"
          isSpoken
          action={
            <button type="button" class="link-button" onClick={() => void reload()}>
              {words.t('action.tryAgain')}
            </button>
          }
        >
          {words.t('settings.stale')}
        </Bar>
      ) : null}
      <ProblemsBanner />
    </>
  )
}

/** The pages with their rail. Until the first channel is saved, setting up is what there is to see. */
export function Shell({ setup }: { setup: SetupView }): JSX.Element {
  const { navigation } = useSettings()
  const pages: Page[] = isSetUp(setup) ? ['overview', 'numbers', 'audit'] : ['numbers', 'audit']
  const chosen = navigation.page.value
  const current = chosen !== null && pages.includes(chosen) ? chosen : (pages[0] ?? 'numbers')
  return (
    <div class="shell">
      <Rail pages={pages} current={current} />
      <main class="page" data-testid={`page-${current}`}>
        <Bars />
        <div class="page-inner">
          {current === 'overview' ? <OverviewPage /> : null}
          {current === 'numbers' ? <NumbersPage setup={setup} /> : null}
          {current === 'audit' ? <AuditPage /> : null}
        </div>
      </main>
      <SignInDialog />
    </div>
  )
}
