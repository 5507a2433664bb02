import type { JSX } from 'preact'
import type { Standing } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { chipOf } from './status.model.ts'

/** One word of how a number stands. */
export function Chip({ standing, state }: { standing: Standing; state: 'on' | 'off' }): JSX.Element {
  const { words } = useSettings()
  const { key, tone } = chipOf(standing, state)
  return (
    <span class={`chip chip-${tone}`} data-testid="chip" data-chip={key}>
      {words.t(key)}
    </span>
  )
}
