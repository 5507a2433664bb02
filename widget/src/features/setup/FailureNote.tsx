import type { JSX } from 'preact'
import type { SetupFailure } from '../../../../contract/index.ts'
import type { ApiFailure } from '../../state/settings/settings.ts'
import { useSettings } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'
import { Button } from '../../ui/Button.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Note } from '../../ui/Note.tsx'
import { Refusal } from '../administration/Refusal.tsx'
import { setupFailureOf } from '../../state/settings/failures.ts'
import { META_SETTINGS, supportHref } from './links.model.ts'

/** What the buttons of failures do; a step gives those that lead somewhere from it. */
export type Repairs = Partial<Record<SetupFailure['action'], () => void>>

const LABELS: Record<SetupFailure['action'], WordKey> = {
  retry: 'action.tryAgain',
  reconnect: 'setup.repair.reconnect',
  change_number: 'setup.repair.changeNumber',
  change_name: 'setup.repair.changeName',
  wait: 'action.tryAgain',
  enter_pin: 'setup.repair.enterPin',
  open_meta: 'setup.repair.openMeta',
  support: 'setup.repair.support',
}

function Repair({ failure, repairs }: { failure: SetupFailure; repairs: Repairs }): JSX.Element | null {
  const { words, setup } = useSettings()
  const { action } = failure
  const label = words.t(LABELS[action])
  const support = supportHref(setup.value?.support ?? null)
  if (action === 'open_meta') {
    return (
      <LinkButton href={META_SETTINGS} testId="failure-action">
        {label}
      </LinkButton>
    )
  }
  if (action === 'support' && support !== null) {
    return (
      <LinkButton href={support} testId="failure-action">
        {label}
      </LinkButton>
    )
  }
  const repair = repairs[action]
  return repair === undefined ? null : (
    <Button onClick={repair} testId="failure-action">
      {label}
    </Button>
  )
}

/** What Meta refused: what happened, who can repair it and when, and the button for it. Meta's own words are folded away. */
export function SetupFailureNote({ failure, repairs }: { failure: SetupFailure; repairs: Repairs }): JSX.Element {
  const { words, dates } = useSettings()
  const { who, retryAt, metaCode, details } = failure
  return (
    <Note
      tone={failure.key === 'cancelled' || failure.key === 'popup_closed' ? 'warning' : 'danger'}
      testId="failure"
      kind={failure.key}
      isAlert
      actions={<Repair failure={failure} repairs={repairs} />}
    >
      <p>{words.t(`setup_failure.${failure.key}`)}</p>
      {who === 'nobody' ? null : <p>{words.t(`setup_failure.who.${who}`)}</p>}
      {retryAt === null ? null : <p>{words.t('setup.repair.retryAt', { time: dates.full(retryAt) })}</p>}
      {metaCode === null && details === null ? null : (
        <details class="note-details" data-testid="failure-details">
          <summary>{words.t('action.details')}</summary>
          <span dir="auto">
            {metaCode === null ? null : `${words.t('failure.code', { code: String(metaCode) })} `}
            {details?.toWellFormed()}
          </span>
        </details>
      )}
    </Note>
  )
}

/** Why a call of the wizard was not done, or what stands on record where nothing newer is to be said. */
export function Failures(props: {
  failure: ApiFailure | null
  stored?: SetupFailure | null
  repairs?: Repairs
}): JSX.Element | null {
  const { failure, stored = null, repairs = {} } = props
  const own = failure === null ? stored : setupFailureOf(failure)
  if (own !== null) return <SetupFailureNote failure={own} repairs={repairs} />
  return <Refusal failure={failure} />
}
