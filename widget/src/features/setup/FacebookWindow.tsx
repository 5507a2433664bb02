import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { Check } from '../../ui/Check.tsx'
import { focusHeading, isFocusLost } from '../../ui/focus.ts'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Note } from '../../ui/Note.tsx'
import { dialogStepWord } from './facebook.model.ts'
import { Failures } from './FailureNote.tsx'

/** Meta's dialog in a window of the Worker, from asking for it to its end. */
export function FacebookWindow(): JSX.Element {
  const { words, facebook } = useSettings()
  const [isCoexistence, setIsCoexistence] = useState(false)
  const { state, url, attempt, refusal } = facebook.view.value
  const isWaiting = state === 'open' || state === 'ready' || state === 'working'
  const part = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!isWaiting || !isFocusLost()) return
    const link = part.current?.querySelector('a')
    if (link === null || link === undefined) focusHeading(part.current?.closest('.step')?.querySelector('h2'))
    else link.focus()
  }, [isWaiting, state])
  const begin = (): void => void facebook.start(isCoexistence)
  const leftAt = dialogStepWord(attempt?.leftAt ?? null)
  const repairs = { retry: begin, reconnect: begin, wait: begin }
  return (
    <div class="form" data-testid="facebook-state" data-state={state} ref={part}>
      <p>{words.t('setup.facebook.text')}</p>
      {isWaiting ? null : (
        <Check
          label={words.t('setup.facebook.coexistence')}
          hint={words.t('setup.facebook.coexistenceHint')}
          isChecked={isCoexistence}
          onChange={setIsCoexistence}
          testId="facebook-coexistence"
        />
      )}
      <div role="status">
        {state === 'open' ? <p class="waiting">{words.t('setup.facebook.open')}</p> : null}
        {state === 'working' ? <p class="waiting">{words.t('setup.facebook.working')}</p> : null}
      </div>
      {state === 'ready' && url !== null ? (
        <Note
          tone="info"
          icon="external"
          testId="popup-blocked"
          actions={
            <LinkButton href={url} isPrimary isOurs onClick={facebook.followed} testId="facebook-link">
              {words.t('setup.facebook.openHere')}
            </LinkButton>
          }
        >
          <p>{words.t('setup.facebook.ready')}</p>
        </Note>
      ) : null}
      {state === 'cancelled' ? (
        <Note tone="warning" testId="failure" kind="cancelled">
          <p>{words.t('setup_failure.cancelled')}</p>
          {leftAt === null ? null : <p class="quiet">{words.t('setup.facebook.leftAt', { step: words.t(leftAt) })}</p>}
        </Note>
      ) : null}
      {state === 'failed' ? <Failures failure={refusal} stored={attempt?.failure ?? null} repairs={repairs} /> : null}
      <div class="wizard-actions">
        {isWaiting ? (
          // Of their own each: the second press of a double one must not undo the first.
          <Button key="reset" onClick={facebook.reset} testId="facebook-reset">
            {words.t('setup.facebook.startAgain')}
          </Button>
        ) : (
          <Button key="open" isPrimary isBusy={state === 'opening'} onClick={begin} testId="facebook-open">
            {words.t('setup.facebook.continue')}
          </Button>
        )}
      </div>
      <p class="wizard-next">{words.t('setup.facebook.next')}</p>
    </div>
  )
}
