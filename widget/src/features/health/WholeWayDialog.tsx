import type { ComponentType, JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { NumberHealth, WholeWayTest } from '../../../../contract/index.ts'
import type { Health } from '../../state/health.ts'
import { useSettings } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Hidden } from '../../ui/Hidden.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Refused } from '../channels/Refused.tsx'
import { isUnderWay, legDetail, outcomeOf } from './health.model.ts'
import { useTest } from './use-test.ts'

type QrProps = { text: string; label: string }

/** The library that draws the code comes only when a test is made. */
function LaterQr(props: QrProps): JSX.Element | null {
  const [Qr, setQr] = useState<ComponentType<QrProps> | null>(null)
  useEffect(() => {
    import('../../ui/Qr.tsx').then(
      (module) => setQr(() => module.Qr),
      () => setQr(null),
    )
  }, [])
  return Qr === null ? null : <Qr {...props} />
}

const LEG_ICONS = { waiting: 'clock', done: 'check', failed: 'alert' } as const

function Detail({ detail }: { detail: string }): JSX.Element {
  const { words } = useSettings()
  const word = legDetail(detail)
  return <span class="quiet leg-detail">{word === null ? <bdi>{detail}</bdi> : words.t(word)}</span>
}

function Legs({ test }: { test: WholeWayTest }): JSX.Element {
  const { words, dates } = useSettings()
  return (
    <ol class="legs" aria-live="polite">
      {test.legs.map(({ leg, state, at, detail }) => {
        const name: WordKey = `test_leg.${leg}`
        const stands: WordKey = `test_state.${state}`
        return (
          <li key={leg} class={`leg leg-${state}`} data-testid="leg" data-leg={leg} data-state={state}>
            <Icon name={LEG_ICONS[state]} size={14} />
            <span>
              {words.t(name)} <Hidden>{words.t(stands)}</Hidden>
              {detail === null ? null : <Detail detail={detail} />}
            </span>
            {at === null ? null : <span class="quiet">{dates.time(at)}</span>}
          </li>
        )
      })}
    </ol>
  )
}

export type WholeWayDialogProps = { number: NumberHealth; health: Health; onClose: (hasEnded: boolean) => void }

/** *Test the whole way*: a code written from a phone, and each leg of its way as it ticks. */
export function WholeWayDialog({ number, health, onClose }: WholeWayDialogProps): JSX.Element {
  const { words, dates, setup } = useSettings()
  const { test, failure, isBusy, start } = useTest(health, number.phoneNumberId)
  const stage = setup.value?.numbers.find(({ phoneNumberId }) => phoneNumberId === number.phoneNumberId)?.standing.stage
  const takesPlace = test?.takesPlace ?? (stage === 'trial' || stage === 'verified_trial')
  const outcome = test === null ? null : outcomeOf(test)
  return (
    <Dialog
      title={words.t('health_action.test')}
      closeLabel={words.t('action.close')}
      onClose={() => onClose(test !== null && !isUnderWay(test))}
      testId="whole-way-dialog"
      actions={
        test === null || outcome !== null ? (
          <Button isPrimary isBusy={isBusy} onClick={start} testId="test-start">
            {words.t(test === null ? 'test.start' : 'test.again')}
          </Button>
        ) : undefined
      }
    >
      <p>{words.t('test.text')}</p>
      {takesPlace ? <p data-testid="test-takes-place">{words.t('test.takesPlace')}</p> : null}
      {failure === null ? null : <Refused failure={failure} />}
      {test === null ? null : (
        <>
          {test.state === 'waiting' ? (
            <div class="test-code">
              <LaterQr text={test.link} label={words.t('test.qr')} />
              <p>
                {words.t('test.scan')}{' '}
                <a href={test.link} target="_blank" rel="noreferrer" data-testid="test-link">
                  {words.t('test.open')}
                </a>
              </p>
              <p>
                {words.t('test.orWrite', { number: number.displayPhoneNumber })}{' '}
                <code dir="ltr" data-testid="test-code">
                  {test.code}
                </code>
              </p>
              <p class="quiet">{words.t('test.until', { time: dates.time(test.expiresAt) })}</p>
            </div>
          ) : null}
          <Legs test={test} />
          {outcome === null ? null : (
            <p role="status" class={`test-outcome test-${test.state}`} data-testid="test-outcome">
              {words.t(outcome)}
            </p>
          )}
        </>
      )}
    </Dialog>
  )
}
