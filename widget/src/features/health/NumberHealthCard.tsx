import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { HealthCheck, NumberHealth } from '../../../../contract/index.ts'
import type { Health } from '../../state/health.ts'
import type { ApiFailure, ApiResult } from '../../state/settings/settings.ts'
import { useSettings } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Refused } from '../channels/Refused.tsx'
import { CheckLine } from './CheckLine.tsx'
import { split } from './health.model.ts'
import { WholeWayDialog } from './WholeWayDialog.tsx'

export type NumberHealthCardProps = {
  number: NumberHealth
  health: Health
  onChanged: (number: NumberHealth) => void
}

/** One number's health: red lines first, each with its button; what is good is folded away. */
export function NumberHealthCard({ number, health, onChanged }: NumberHealthCardProps): JSX.Element {
  const { words, dates, go, proof, navigation, reload } = useSettings()
  const heading = useRef<HTMLHeadingElement>(null)
  const isSought = navigation.sought.value === number.phoneNumberId
  useEffect(() => {
    if (!isSought) return
    heading.current?.scrollIntoView({ block: 'start' })
    heading.current?.focus({ preventScroll: true })
    navigation.endSeeking()
  }, [isSought, navigation])
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [isTesting, setIsTesting] = useState(false)
  const { open, folded } = split(number.checks)
  const level: WordKey = `health_level.${number.level}`

  function run(call: Promise<ApiResult<NumberHealth>>): void {
    setIsBusy(true)
    void call.then((answer) => {
      setIsBusy(false)
      setFailure(answer.ok ? null : answer.error)
      if (answer.ok) onChanged(answer.value)
      // The account was read again as well, and what stands above the page may be over.
      void reload()
    })
  }

  function act({ key, action }: HealthCheck): void {
    if (action === 'repair') run(health.repair(number.phoneNumberId))
    else if (action === 'test') setIsTesting(true)
    else if (action === 'change_name') go('numbers', number.phoneNumberId)
    else if (key === 'desk') void proof.ask('connect')
    else navigation.openWizard({ kind: 'connect' })
  }

  function endTest(hasEnded: boolean): void {
    setIsTesting(false)
    // What the test showed to work may have stood there as a problem.
    if (hasEnded) run(health.check(number.phoneNumberId))
  }

  return (
    <li
      class="card health-card"
      data-testid="number-health"
      data-number-id={number.phoneNumberId}
      data-level={number.level}
    >
      <div class="section-head">
        <h3 class="channel-title" ref={heading} tabIndex={-1}>
          {number.channelName === null ? null : <bdi>{number.channelName.toWellFormed()}</bdi>}{' '}
          <bdi class="quiet" dir="ltr">
            {number.displayPhoneNumber}
          </bdi>
        </h3>
        <span class={`chip chip-${CHIPS[number.level]}`}>{words.t(level)}</span>
      </div>
      {open.length === 0 ? null : (
        <ul class="checks">
          {open.map((check) => (
            <CheckLine key={check.key} check={check} isBusy={isBusy} onAction={act} />
          ))}
        </ul>
      )}
      <details class="form-more">
        <summary>{words.t(open.length === 0 ? 'health.all' : 'health.others', { count: folded.length })}</summary>
        <ul class="checks">
          {folded.map((check) => (
            <CheckLine key={check.key} check={check} isBusy={isBusy} onAction={act} />
          ))}
        </ul>
      </details>
      <p class="quiet">
        {number.lastWebhookAt === null
          ? words.t('health.noWebhook')
          : words.t('health.lastWebhook', { date: dates.full(number.lastWebhookAt) })}
      </p>
      {failure === null ? null : <Refused failure={failure} />}
      <div class="channel-actions">
        <Button isBusy={isBusy} onClick={() => run(health.check(number.phoneNumberId))} testId="health-check">
          {words.t('health.checkNow')}
        </Button>
        <Button onClick={() => setIsTesting(true)} testId="whole-way">
          {words.t('health_action.test')}
        </Button>
      </div>
      {isTesting ? <WholeWayDialog number={number} health={health} onClose={endTest} /> : null}
    </li>
  )
}

const CHIPS = { good: 'good', warning: 'warning', bad: 'danger', unknown: 'quiet' } as const
