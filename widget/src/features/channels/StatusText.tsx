import type { JSX } from 'preact'
import type { Standing } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'
import { Icon } from '../../ui/Icon.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { supportHref } from '../setup/links.model.ts'
import { Places } from './Places.tsx'
import type { Status } from './status.model.ts'
import { businessUrl, keyOfOverlay, statusesOf } from './status.model.ts'

const ICONS = { good: 'check', warning: 'clock', danger: 'alert', quiet: 'clock' } as const

function Way({ way, businessId }: { way: Status['way']; businessId: string | null }): JSX.Element | null {
  const { words, setup } = useSettings()
  const support = supportHref(setup.value?.support ?? null)
  if (way === 'business') {
    return (
      <LinkButton href={businessUrl(businessId)} testId="open-business">
        {words.t('channel.openBusiness')}
      </LinkButton>
    )
  }
  return way === 'support' && support !== null ? (
    <LinkButton href={support} testId="open-support">
      {words.t('channel.openSupport')}
    </LinkButton>
  ) : null
}

/** When something ended or lifts, and Meta's own words about it. */
function Facts({ standing, status }: { standing: Standing; status: Status }): JSX.Element | null {
  const { words, dates } = useSettings()
  const overlay = standing.overlays.find(({ name }) => keyOfOverlay(name) === status.key)
  const { trial, failure } = standing
  const until = overlay?.until ?? null
  const lines = [
    until === null ? null : words.t('channel.until', { date: dates.full(until) }),
    status.key === 'stage.trial_expired' && trial.endsAt !== null
      ? words.t('channel.endedAt', { date: dates.full(trial.endsAt) })
      : null,
    status.key === 'stage.trial_other_number' && trial.displayPhoneNumber !== null
      ? words.t('channel.trialNumber', { number: trial.displayPhoneNumber })
      : null,
  ].filter((line) => line !== null)
  const detail = status.key === 'stage.failed' ? (failure?.detail ?? null) : (overlay?.detail ?? null)
  return (
    <>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {detail === null ? null : (
        <details class="note-details">
          <summary>{words.t('action.details')}</summary>
          <span dir="auto">{detail}</span>
        </details>
      )}
    </>
  )
}

export type StatusTextProps = { standing: Standing; businessId: string | null; isOff?: boolean }

/** How a number stands: the sentence, what is used, what is still missing, and where the next step is. */
export function StatusText({ standing, businessId, isOff = false }: StatusTextProps): JSX.Element {
  const { words } = useSettings()
  return (
    <div class="status" data-testid="status" data-stage={standing.stage}>
      {isOff ? (
        <div class="status-line status-quiet">
          <Icon name="unplugged" size={14} />
          <p>{words.t('channel.isOff')}</p>
        </div>
      ) : null}
      {statusesOf(standing).map((status) => (
        <div key={status.key} class={`status-line status-${status.tone}`} data-testid={status.key}>
          <Icon name={ICONS[status.tone]} size={14} />
          <div class="status-text">
            <p>{words.t(status.key)}</p>
            <Facts standing={standing} status={status} />
            <Way way={status.way} businessId={businessId} />
          </div>
        </div>
      ))}
      <Places standing={standing} />
      {standing.missing.length === 0 ? null : (
        <div class="missing" data-testid="missing">
          <p class="quiet">{words.t('channel.missing')}</p>
          <ul>
            {standing.missing.map((missing) => {
              const key: WordKey = `missing.${missing}`
              return <li key={missing}>{words.t(key)}</li>
            })}
          </ul>
        </div>
      )}
    </div>
  )
}
