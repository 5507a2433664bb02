import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Failure, MessageId } from '../../../../contract/index.ts'
import type { ApiFailure } from '../../state/pane.ts'
import { usePane } from '../../state/pane.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { useRowTabIndex } from '../../ui/tab-index.ts'
import { canRetry, failureWord, whoWord } from './failure.model.ts'

/** One call at a time, and its refusal in words. */
function useCall(): { isBusy: boolean; refusal: string | null; run: (call: () => Promise<ApiFailure | null>) => void } {
  const { words } = usePane()
  const [isBusy, setIsBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const run = (call: () => Promise<ApiFailure | null>): void => {
    setIsBusy(true)
    void call().then((failure) => {
      setIsBusy(false)
      if (failure === null) return setRefusal(null)
      setRefusal(failure.kind === 'http' ? failure.message : words.t('refusal.network'))
    })
  }
  return { isBusy, refusal, run }
}

/** A message of ours that did not arrive: why, who can help, and the one thing to do. */
export function FailureNote({ id, failure }: { id: MessageId; failure: Failure }): JSX.Element {
  const { words, retry } = usePane()
  const tabIndex = useRowTabIndex()
  const { isBusy, refusal, run } = useCall()
  const who = whoWord(failure)
  return (
    <div class="note note-danger" data-testid="failure" data-failure={failure.key}>
      <p>
        <Icon name="alert" size={14} /> {words.t('failure.notDelivered')} {words.t(failureWord(failure))}
        {who === null ? null : <> {words.t(who)}</>}
      </p>
      <div class="note-actions">
        {canRetry(failure) ? (
          <Button tabIndex={tabIndex} isBusy={isBusy} testId="retry" onClick={() => run(() => retry(id))}>
            {words.t('action.retry')}
          </Button>
        ) : null}
        {failure.metaCode === null && failure.details === null ? null : (
          <details class="note-details">
            <summary tabIndex={tabIndex}>{words.t('action.details')}</summary>
            <span dir="auto">
              {failure.metaCode === null ? null : `${words.t('failure.code', { code: String(failure.metaCode) })} `}
              {failure.details?.toWellFormed()}
            </span>
          </details>
        )}
      </div>
      {refusal === null ? null : <p role="status">{refusal}</p>}
    </div>
  )
}

/** Meta's answer was lost: sending again could double the message, so a person decides. */
export function UnknownNote({ id }: { id: MessageId }): JSX.Element {
  const { words, settle } = usePane()
  const tabIndex = useRowTabIndex()
  const { isBusy, refusal, run } = useCall()
  return (
    <div class="note note-warning" data-testid="unknown">
      <p>
        <Icon name="question" size={14} /> {words.t('unknown.explained')}
      </p>
      <div class="note-actions">
        <Button
          tabIndex={tabIndex}
          isBusy={isBusy}
          testId="settle-arrived"
          onClick={() => run(() => settle(id, 'arrived'))}
        >
          {words.t('action.arrived')}
        </Button>
        <Button
          tabIndex={tabIndex}
          isBusy={isBusy}
          testId="settle-again"
          onClick={() => run(() => settle(id, 'send_again'))}
        >
          {words.t('action.sendAgain')}
        </Button>
      </div>
      {refusal === null ? null : <p role="status">{refusal}</p>}
    </div>
  )
}
