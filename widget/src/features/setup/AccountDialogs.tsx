import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { AccountView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Refusal } from '../administration/Refusal.tsx'
import { useCall } from '../administration/use-call.ts'

export type AccountDialogsProps = { kind: 'remove' | 'review'; account: AccountView; onClose: () => void }

function Remove({ account, onClose }: AccountDialogsProps): JSX.Element {
  const { words, calls } = useSettings()
  const call = useCall()
  const remove = async (): Promise<void> => {
    if (await call.run(() => calls.removeAccount(account.wabaId))) onClose()
  }
  return (
    <Dialog
      title={words.t('setup.account.removeTitle', { name: account.name })}
      closeLabel={words.t('action.close')}
      onClose={onClose}
      testId="account-remove-dialog"
      actions={
        <>
          <Button onClick={onClose}>{words.t('action.cancel')}</Button>
          <Button isDanger isBusy={call.isBusy} onClick={() => void remove()} testId="account-remove-confirm">
            {words.t('setup.account.remove')}
          </Button>
        </>
      }
    >
      <p>{words.t('setup.account.removeText')}</p>
      <Refusal failure={call.failure} />
    </Dialog>
  )
}

/** The 35 days of waiting are counted from the day documents were last sent, which the administrator may know better. */
function CorrectReview({ account, onClose }: AccountDialogsProps): JSX.Element {
  const { words, calls } = useSettings()
  const call = useCall()
  const [day, setDay] = useState('')
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day)
  const save = async (): Promise<void> => {
    if (isDay && (await call.run(() => calls.correctReview(account.wabaId, `${day}T00:00:00.000Z`)))) onClose()
  }
  return (
    <Dialog
      title={words.t('setup.account.correctReview')}
      closeLabel={words.t('action.close')}
      onClose={onClose}
      testId="account-review-dialog"
      actions={
        <>
          <Button onClick={onClose}>{words.t('action.cancel')}</Button>
          <Button isPrimary isBusy={call.isBusy} isDisabled={!isDay} onClick={() => void save()} testId="review-save">
            {words.t('action.save')}
          </Button>
        </>
      }
    >
      <TextField
        label={words.t('setup.account.reviewDay')}
        hint={words.t('setup.account.reviewHint')}
        value={day}
        onInput={setDay}
        type="date"
        inputTestId="review-day"
      />
      <Refusal failure={call.failure} />
    </Dialog>
  )
}

export function AccountDialogs(props: AccountDialogsProps): JSX.Element {
  return props.kind === 'remove' ? <Remove {...props} /> : <CorrectReview {...props} />
}
