import type { JSX } from 'preact'
import type { NumberHealth } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'

/** A number of the account that no channel uses: nothing of it can be ill here, so it is one quiet line. */
export function UnusedNumber({ number }: { number: NumberHealth }): JSX.Element {
  const { words, navigation } = useSettings()
  const id = number.phoneNumberId
  return (
    <li class="card health-card" data-testid="number-unused" data-number-id={id}>
      <div class="section-head">
        <h3 class="channel-title">
          <bdi class="quiet" dir="ltr">
            {number.displayPhoneNumber}
          </bdi>
        </h3>
        <Button onClick={() => navigation.openWizard({ kind: 'number', id })}>{words.t('setup.number.begin')}</Button>
      </div>
      <p class="quiet">{words.t('health.unused')}</p>
    </li>
  )
}
