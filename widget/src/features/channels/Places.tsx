import type { JSX } from 'preact'
import type { Standing } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'
import { Meter } from '../../ui/Meter.tsx'
import { daysLeft, toneOfUse } from './status.model.ts'

/** How much of each limit is used, as bars with the same in words. */
export function Places({ standing }: { standing: Standing }): JSX.Element | null {
  const { words, dates, clock } = useSettings()
  const { stage, places, trial, metaLimit } = standing
  const text = (used: number, limit: number): string =>
    words.t('places.used', { used: dates.number(used), limit: dates.number(limit) })
  const days = stage === 'trial' && trial.endsAt !== null ? daysLeft(trial.endsAt, clock.now.value) : null
  if (places.length === 0 && metaLimit === null && days === null) return null
  return (
    <div class="places" data-testid="places">
      {places.map(({ pool, used, limit }) => {
        const label: WordKey = `pool.${pool}`
        return (
          <Meter
            key={pool}
            label={words.t(label)}
            text={text(used, limit)}
            used={used}
            limit={limit}
            tone={toneOfUse(used, limit)}
            testId={`pool-${pool}`}
          />
        )
      })}
      {metaLimit === null ? null : metaLimit.limit === null ? (
        <p class="quiet">{words.t('places.unlimited')}</p>
      ) : (
        <Meter
          label={words.t('places.meta')}
          text={text(metaLimit.used, metaLimit.limit)}
          used={metaLimit.used}
          limit={metaLimit.limit}
          tone={toneOfUse(metaLimit.used, metaLimit.limit)}
          testId="pool-meta"
        />
      )}
      {days === null || trial.endsAt === null ? null : (
        <Meter
          label={words.t('places.days')}
          text={words.t('places.daysLeft', { count: days, date: dates.full(trial.endsAt) })}
          used={TRIAL_DAYS - days}
          limit={TRIAL_DAYS}
          tone={toneOfUse(TRIAL_DAYS - days, TRIAL_DAYS)}
          testId="trial-days"
        />
      )}
    </div>
  )
}

const TRIAL_DAYS = 30
