import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Alerts as AlertFacts } from '../../../../contract/index.ts'
import type { Health } from '../../state/health.ts'
import type { ApiFailure } from '../../state/settings/settings.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Refused } from '../channels/Refused.tsx'
import { alertUrl } from './overview.model.ts'

/** An address that is told when something breaks, before agents find out. */
export function Alerts({ url, health }: { url: string | null; health: Health }): JSX.Element {
  const { words } = useSettings()
  const [text, setText] = useState(url ?? '')
  const [isWrong, setIsWrong] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [saved, setSaved] = useState<AlertFacts | null>(null)

  function save(): void {
    const read = alertUrl(text)
    setIsWrong(!read.ok)
    if (!read.ok) return
    setIsBusy(true)
    void health.saveAlerts(read.url).then((answer) => {
      setIsBusy(false)
      setFailure(answer.ok ? null : answer.error)
      setSaved(answer.ok ? answer.value : null)
    })
  }

  return (
    <details class="card form-more" data-testid="alerts">
      <summary>{words.t('overview.alerts')}</summary>
      <div class="form">
        <TextField
          label={words.t('overview.alertUrl')}
          hint={words.t('overview.alertHint')}
          value={text}
          error={isWrong ? words.t('overview.alertWrong') : null}
          placeholder="https://"
          direction="ltr"
          onInput={setText}
          inputTestId="alert-url"
        />
        {failure === null ? null : <Refused failure={failure} />}
        {saved === null ? null : (
          <p role="status" data-testid="alerts-saved">
            {saved.url === null ? (
              words.t('overview.alertsOff')
            ) : (
              <>
                {words.t('overview.alertSecret')} <code dir="ltr">{saved.secret}</code>
              </>
            )}
          </p>
        )}
        <div class="channel-actions">
          <Button isBusy={isBusy} onClick={save} testId="alerts-save">
            {words.t('channel.save')}
          </Button>
        </div>
      </div>
    </details>
  )
}
