import type { JSX } from 'preact'
import type { AccountView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Note } from '../../ui/Note.tsx'
import { useCall } from '../administration/use-call.ts'
import { META_BILLING } from './links.model.ts'

/** Whether WhatsApp can charge the business, and where that is put right. */
export function PaymentNote({ account }: { account: AccountView }): JSX.Element {
  const { words, calls } = useSettings()
  const call = useCall()
  const { payment } = account
  return (
    <div data-testid="payment-state" data-state={payment}>
      {payment === 'present' ? (
        <Note tone="good">
          <p>{words.t('setup.payment.present')}</p>
        </Note>
      ) : (
        <Note
          tone="warning"
          actions={
            <>
              <LinkButton href={META_BILLING}>{words.t('setup.payment.open')}</LinkButton>
              <Button isBusy={call.isBusy} onClick={() => void call.run(() => calls.refreshAccount(account.wabaId))}>
                {words.t('setup.payment.check')}
              </Button>
            </>
          }
        >
          <p>{words.t(payment === 'missing' ? 'setup.payment.missing' : 'setup.payment.unknown')}</p>
        </Note>
      )}
    </div>
  )
}
