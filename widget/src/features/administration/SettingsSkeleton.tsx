import type { JSX } from 'preact'
import { useSettings } from '../../state/settings/settings.ts'
import { Hidden } from '../../ui/Hidden.tsx'

const ROWS = [
  { width: 34, height: 22 },
  { width: 100, height: 88 },
  { width: 100, height: 88 },
  { width: 62, height: 14 },
]

/** The shape of a page while it is on its way. */
export function SettingsSkeleton(): JSX.Element {
  const { words } = useSettings()
  return (
    <div class="settings-skeleton" role="status" data-testid="skeleton">
      <Hidden>{words.t('settings.loading')}</Hidden>
      {ROWS.map(({ width, height }, at) => (
        <div key={at} class="skeleton-bubble" style={{ inlineSize: `${width}%`, blockSize: `${height}px` }} />
      ))}
    </div>
  )
}
