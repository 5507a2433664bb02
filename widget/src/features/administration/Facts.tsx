import type { JSX } from 'preact'
import { useSettings } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'

/** Facts with their names; those that are not known are left out. */
export function Facts({ facts }: { facts: readonly (readonly [WordKey, string | null])[] }): JSX.Element {
  const { words } = useSettings()
  return (
    <dl class="facts">
      {facts.map(([word, value]) =>
        value === null || value === '' ? null : (
          <div key={word}>
            <dt>{words.t(word)}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ),
      )}
    </dl>
  )
}
