import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { SetupView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { ClaimForm } from './ClaimForm.tsx'
import { FacebookWindow } from './FacebookWindow.tsx'
import { OwnAppForm } from './OwnAppForm.tsx'

type Way = 'embedded' | 'hosted' | 'own_app'

/** Step 1: an account, by Meta's window, by Meta's own page, or by an app of the customer's own. */
export function FacebookStep({ setup }: { setup: SetupView }): JSX.Element {
  const { words } = useSettings()
  const { embedded, hosted, ownApp } = setup.ways
  const ways: { way: Way; isThere: boolean }[] = [
    { way: 'embedded', isThere: embedded },
    { way: 'hosted', isThere: hosted !== null },
    { way: 'own_app', isThere: ownApp },
  ]
  const there = ways.filter(({ isThere }) => isThere).map(({ way }) => way)
  const [chosen, setChosen] = useState<Way | null>(null)
  const way = chosen ?? there[0] ?? null
  const others = there.filter((other) => other !== way)
  return (
    <>
      {way === null ? <p>{words.t('setup.facebook.noWay')}</p> : null}
      {way === 'embedded' ? <FacebookWindow /> : null}
      {way === 'hosted' && hosted !== null ? <ClaimForm url={hosted} /> : null}
      {way === 'own_app' ? <OwnAppForm /> : null}
      {others.length === 0 ? null : (
        <div class="step-others">
          <span class="quiet">{words.t('setup.facebook.others')}</span>
          {others.includes('embedded') ? (
            <button
              type="button"
              class="link-button"
              onClick={() => setChosen('embedded')}
              data-testid="facebook-embedded"
            >
              {words.t('setup.facebook.embedded')}
            </button>
          ) : null}
          {others.includes('hosted') ? (
            <button type="button" class="link-button" onClick={() => setChosen('hosted')} data-testid="facebook-hosted">
              {words.t('setup.facebook.hosted')}
            </button>
          ) : null}
          {others.includes('own_app') ? (
            <button
              type="button"
              class="link-button"
              onClick={() => setChosen('own_app')}
              data-testid="facebook-own-app"
            >
              {words.t('setup.facebook.ownApp')}
            </button>
          ) : null}
        </div>
      )}
    </>
  )
}
