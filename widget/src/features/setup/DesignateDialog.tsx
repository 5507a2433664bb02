import type { JSX } from 'preact'
import type { NumberView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Refusal } from '../administration/Refusal.tsx'
import { useCall } from '../administration/use-call.ts'

export type DesignateDialogProps = { number: NumberView; onClose: () => void }

/** The number of the larger trial is chosen once, so it is asked about before. */
export function DesignateDialog({ number, onClose }: DesignateDialogProps): JSX.Element {
  const { words, calls } = useSettings()
  const call = useCall()
  const choose = async (): Promise<void> => {
    if (await call.run(() => calls.designate(number.phoneNumberId))) onClose()
  }
  return (
    <Dialog
      title={words.t('setup.number.designateTitle', { number: number.displayPhoneNumber })}
      closeLabel={words.t('action.close')}
      onClose={onClose}
      testId="designate-dialog"
      actions={
        <>
          <Button onClick={onClose}>{words.t('action.cancel')}</Button>
          <Button isPrimary isBusy={call.isBusy} onClick={() => void choose()} testId="designate-confirm">
            {words.t('setup.number.designate')}
          </Button>
        </>
      }
    >
      <p>{words.t('setup.number.designateText')}</p>
      <Refusal failure={call.failure} />
    </Dialog>
  )
}
