import type { JSX } from 'preact'
import type { ArchiveHistory, NumberView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { Meter } from '../../ui/Meter.tsx'
import { Note } from '../../ui/Note.tsx'
import { useCall } from '../administration/use-call.ts'
import { Failures } from '../setup/FailureNote.tsx'

type HistoryNoteProps = { history: ArchiveHistory; number: NumberView; onAsked: () => Promise<void> }

/** How far the history is that Meta brings, and what to do where it does not come; nothing once all of it is here. */
export function HistoryNote({ history, number, onAsked }: HistoryNoteProps): JSX.Element | null {
  const id = number.phoneNumberId
  const { words, dates, calls, navigation } = useSettings()
  const call = useCall()
  const ask = async (): Promise<void> => {
    if (await call.run(() => calls.syncHistory(id))) await onAsked()
  }
  switch (history.state) {
    case 'complete':
      return null
    case 'arriving':
      return (
        <div class="card archive-arriving" role="status" data-testid="archive-arriving">
          <Meter
            label={words.t('archive.arriving')}
            text={words.t('archive.progress', { percent: dates.number(history.progress) })}
            used={history.progress}
            limit={100}
            tone="good"
          />
          <p class="quiet">{words.t('archive.arrivingHint')}</p>
        </div>
      )
    case 'waiting':
      if (number.step !== 'done')
        return (
          <Note
            tone="info"
            icon="clock"
            testId="archive-waiting"
            actions={
              <Button onClick={() => navigation.openWizard({ kind: 'number', id })} testId="archive-make-channel">
                {words.t('channel.create')}
              </Button>
            }
          >
            <p>{words.t('archive.needsChannel')}</p>
          </Note>
        )
      return (
        <Note tone="info" icon="clock" testId="archive-waiting">
          <p>{words.t('archive.waiting')}</p>
          <p>{words.t('archive.arrivingHint')}</p>
        </Note>
      )
    case 'declined':
      return (
        <Note
          tone="warning"
          testId="archive-declined"
          actions={
            <Button onClick={() => navigation.openWizard({ kind: 'connect' })} testId="archive-reconnect">
              {words.t('archive.reconnect')}
            </Button>
          }
        >
          <p>{words.t('archive.declined')}</p>
          <p>{words.t('archive.declinedHint')}</p>
          {history.reason === null ? null : (
            <details class="note-details">
              <summary>{words.t('action.details')}</summary>
              <span dir="auto">{history.reason.toWellFormed()}</span>
            </details>
          )}
        </Note>
      )
    default:
      return (
        <>
          <Note
            tone="info"
            testId="archive-not-asked"
            actions={
              <Button isBusy={call.isBusy} onClick={() => void ask()} testId="archive-ask">
                {words.t('setup.number.history')}
              </Button>
            }
          >
            <p>{words.t('archive.notAsked')}</p>
          </Note>
          <Failures failure={call.failure} repairs={{ retry: () => void ask(), wait: () => void ask() }} />
        </>
      )
  }
}
