import type { JSX } from 'preact'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { Refused } from '../channels/Refused.tsx'
import { NumberHealthCard } from '../health/NumberHealthCard.tsx'
import { UnusedNumber } from '../health/UnusedNumber.tsx'
import { useHealth } from '../health/use-health.ts'
import { Alerts } from './Alerts.tsx'
import { MaySend } from './MaySend.tsx'
import { Today } from './Today.tsx'

/** Three answers at a glance: may we send, is everything healthy, what happened today. */
export function OverviewPage(): JSX.Element {
  const { words } = useSettings()
  const { health, overview, failure, reload, put } = useHealth()
  return (
    <div class="overview" data-testid="overview">
      <h1 class="hidden">{words.t('settings.overview')}</h1>
      <MaySend />
      {failure === null ? null : (
        <div class="overview-failed">
          <Refused failure={failure} />
          <Button onClick={reload}>{words.t('action.tryAgain')}</Button>
        </div>
      )}
      {overview === null ? (
        failure === null ? (
          <p role="status" class="quiet">
            {words.t('overview.loading')}
          </p>
        ) : null
      ) : (
        <>
          {overview.numbers.length === 0 ? null : (
            <section aria-labelledby="health-title">
              <div class="section-head">
                <h2 id="health-title">{words.t('overview.health')}</h2>
              </div>
              <ul class="cards">
                {overview.numbers.map((number) =>
                  number.channelName === null ? (
                    <UnusedNumber key={number.phoneNumberId} number={number} />
                  ) : (
                    <NumberHealthCard key={number.phoneNumberId} number={number} health={health} onChanged={put} />
                  ),
                )}
              </ul>
            </section>
          )}
          <Today today={overview.today} />
          <Alerts url={overview.alertUrl} health={health} />
        </>
      )}
    </div>
  )
}
