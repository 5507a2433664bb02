import type { JSX } from 'preact'
import { useSettings } from '../../state/settings/settings.ts'
import type { Page } from '../../state/settings/navigation.ts'
import type { WordKey } from '../../state/words.ts'
import { Icon } from '../../ui/Icon.tsx'
import type { SettingsIconName } from '../../ui/SettingsIcon.tsx'
import { SettingsIcon } from '../../ui/SettingsIcon.tsx'

const NAMES: Record<Page, WordKey> = {
  overview: 'settings.overview',
  numbers: 'settings.numbers',
  audit: 'settings.audit',
}
const ICONS: Record<Page, SettingsIconName> = { overview: 'gauge', numbers: 'phone', audit: 'lines' }

/** Who is signed in as an administrator, and for how long. */
function Who(): JSX.Element {
  const { words, clock, proof } = useSettings()
  const held = proof.current.value
  if (held === null) {
    return (
      <div class="who">
        <span class="quiet">{words.t('settings.readOnly')}</span>
        <button type="button" class="link-button" onClick={() => void proof.ask('proof')} data-testid="sign-in">
          {words.t('sign_in.signIn')}
        </button>
      </div>
    )
  }
  const minutes = Math.max(1, Math.ceil((Date.parse(held.expiresAt) - clock.now.value) / 60_000))
  return (
    <div class="who who-signed-in" data-testid="administrator">
      <Icon name="person" size={14} />
      <span>
        <bdi>{held.administrator.name}</bdi>
        <span class="quiet">{words.t('settings.provenFor', { minutes })}</span>
      </span>
    </div>
  )
}

/** The pages, beside them on wide panes and above them on narrow ones. */
export function Rail({ pages, current }: { pages: readonly Page[]; current: Page }): JSX.Element {
  const { words, go } = useSettings()
  return (
    <nav class="rail" aria-label={words.t('settings.title')}>
      <div class="rail-head">
        <span class="rail-logo">
          <SettingsIcon name="chat" />
        </span>
        <span class="rail-name">Kaiwa</span>
      </div>
      <ul class="rail-pages">
        {pages.map((page) => (
          <li key={page}>
            <button
              type="button"
              class="rail-page"
              aria-current={page === current ? 'page' : undefined}
              onClick={() => go(page)}
              data-testid={`nav-${page}`}
            >
              <SettingsIcon name={ICONS[page]} />
              {words.t(NAMES[page])}
            </button>
          </li>
        ))}
      </ul>
      <Who />
    </nav>
  )
}
