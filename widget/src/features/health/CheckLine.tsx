import type { JSX } from 'preact'
import type { HealthCheck } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Hidden } from '../../ui/Hidden.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { META_SETTINGS, supportHref } from '../setup/links.model.ts'
import { helpOf, isInstant, valueOf } from './health.model.ts'

export const LEVEL_ICONS = { good: 'check', warning: 'alert', bad: 'alert', unknown: 'question' } as const

function Value({ check }: { check: HealthCheck }): JSX.Element | null {
  const { words, dates } = useSettings()
  const value = valueOf(check)
  if (value === null) return null
  const text =
    'word' in value
      ? words.t(value.word)
      : 'date' in value
        ? check.key === 'token'
          ? words.t('health.until', { date: dates.full(value.date) })
          : dates.full(value.date)
        : 'count' in value
          ? dates.number(value.count)
          : value.raw
  return <bdi class="check-value">{text}</bdi>
}

export type CheckLineProps = { check: HealthCheck; isBusy: boolean; onAction: (check: HealthCheck) => void }

/** The one thing to do about a check. */
function Action({ check, isBusy, onAction }: CheckLineProps): JSX.Element | null {
  const { words, setup } = useSettings()
  const support = supportHref(setup.value?.support ?? null)
  switch (check.action) {
    case 'none':
      return null
    case 'open_meta':
      return <LinkButton href={check.url ?? META_SETTINGS}>{words.t('health.openMeta')}</LinkButton>
    case 'support':
      return support === null ? null : <LinkButton href={support}>{words.t('channel.openSupport')}</LinkButton>
    default: {
      const word: WordKey = `health_action.${check.action}`
      return (
        <Button isBusy={isBusy} onClick={() => onAction(check)} testId={`health-${check.action}`}>
          {words.t(word)}
        </Button>
      )
    }
  }
}

/** One thing that was looked at: how it stands, since when, and its button. */
export function CheckLine(props: CheckLineProps): JSX.Element {
  const { words, dates } = useSettings()
  const { check } = props
  const name: WordKey = `health.${check.key}`
  const level: WordKey = `health_level.${check.level}`
  const help = helpOf(check)
  return (
    <li class={`check-line check-${check.level}`} data-testid="check" data-check={check.key} data-level={check.level}>
      <Icon name={LEVEL_ICONS[check.level]} size={14} />
      <div class="check-text">
        <p>
          <span class="check-name">{words.t(name)}</span> <Hidden>{words.t(level)}</Hidden> <Value check={check} />
          {check.since === null ? null : (
            <span class="quiet"> {words.t('health.since', { date: dates.full(check.since) })}</span>
          )}
        </p>
        {help === null ? null : <p class="check-help">{words.t(help)}</p>}
        {check.details.length === 0 ? null : (
          <details class="note-details">
            <summary>{words.t('action.details')}</summary>
            <ul>
              {check.details.map((detail) => (
                <li key={detail} dir="auto">
                  {isInstant(detail) ? words.t('health.until', { date: dates.full(detail) }) : detail}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <Action {...props} />
    </li>
  )
}
