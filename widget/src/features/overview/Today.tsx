import type { JSX } from 'preact'
import type { Overview } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { sparkline } from './overview.model.ts'

const WIDTH = 240
const HEIGHT = 36

/** What happened today, with the last 24 hours as a line. */
export function Today({ today }: { today: Overview['today'] }): JSX.Element {
  const { words, dates } = useSettings()
  const facts = [
    [words.t('overview.received'), today.received],
    [words.t('overview.sent'), today.sent],
    [words.t('overview.failed'), today.failed],
    [words.t('overview.tickets'), today.tickets],
  ] as const
  const sum = today.hours.reduce((all, count) => all + count, 0)
  return (
    <section class="card" aria-labelledby="today-title" data-testid="today">
      <div class="section-head">
        <h2 id="today-title">{words.t('overview.today')}</h2>
        <span class="quiet">{words.t('overview.utc')}</span>
      </div>
      <dl class="figures">
        {facts.map(([name, count]) => (
          <div key={name} class="figure">
            <dt>{name}</dt>
            <dd>{dates.number(count)}</dd>
          </div>
        ))}
      </dl>
      <svg
        class="sparkline"
        viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words.t('overview.hours', { count: sum })}
      >
        <path d={sparkline(today.hours, WIDTH, HEIGHT)} vector-effect="non-scaling-stroke" />
      </svg>
    </section>
  )
}
