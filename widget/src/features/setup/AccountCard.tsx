import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { AccountView, NumberView, SetupView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Facts } from '../administration/Facts.tsx'
import { useCall } from '../administration/use-call.ts'
import { AccountDialogs } from './AccountDialogs.tsx'
import { canDesignate, reviewWord, verificationWord } from './account.model.ts'
import { DesignateDialog } from './DesignateDialog.tsx'
import { Failures } from './FailureNote.tsx'
import { OwnWebhook } from './OwnWebhook.tsx'
import { PaymentNote } from './PaymentNote.tsx'

function NumberRow({ number, setup }: { number: NumberView; setup: SetupView }): JSX.Element {
  const { words, navigation } = useSettings()
  const [isAsking, setAsking] = useState(false)
  const id = number.phoneNumberId
  return (
    <li class="number-row" data-testid="number-row" data-number-id={id}>
      <div class="number-row-text">
        <bdi dir="ltr">{number.displayPhoneNumber}</bdi>
        <span class="quiet">
          {number.verifiedName}
          {number.isCoexistent ? ` · ${words.t('setup.number.coexistent')}` : ''}
        </span>
      </div>
      <div class="card-actions">
        {number.step === 'done' ? (
          <span class="tag tag-good">{words.t('setup.number.ready')}</span>
        ) : (
          <Button onClick={() => navigation.openWizard({ kind: 'number', id })} testId="number-continue">
            {words.t(
              number.step === 'profile' || number.step === 'verify' ? 'setup.number.begin' : 'setup.number.continue',
            )}
          </Button>
        )}
        {number.isCoexistent ? (
          <Button onClick={() => navigation.openArchive(id)} testId="number-archive">
            {words.t('archive.title')}
          </Button>
        ) : null}
        {canDesignate(number, setup.numbers) ? (
          <Button onClick={() => setAsking(true)} testId="number-designate">
            {words.t('setup.number.designate')}
          </Button>
        ) : null}
      </div>
      <Failures failure={null} stored={number.step === 'done' ? null : number.failure} />
      {isAsking ? <DesignateDialog number={number} onClose={() => setAsking(false)} /> : null}
    </li>
  )
}

const HOW: Record<AccountView['how'], WordKey> = {
  embedded: 'setup.account.embedded',
  hosted: 'setup.account.hosted',
  own_app: 'setup.account.ownApp',
  operator: 'setup.account.operator',
}

/** A WhatsApp Business account with its numbers, and how it stands at Meta. */
export function AccountCard({ account, setup }: { account: AccountView; setup: SetupView }): JSX.Element {
  const { words, calls, navigation } = useSettings()
  const call = useCall()
  const [dialog, setDialog] = useState<'remove' | 'review' | null>(null)
  const numbers = setup.numbers.filter(({ wabaId }) => wabaId === account.wabaId)
  const facts: [WordKey, string][] = [
    ['setup.account.business', account.businessName ?? account.businessId],
    ['setup.account.id', account.wabaId],
    ['setup.account.way', words.t(HOW[account.how])],
    ['setup.account.verification', words.t(verificationWord(account.businessVerification))],
    ['setup.account.review', words.t(reviewWord(account.reviewStatus))],
  ]
  const { ownWebhook } = account
  return (
    <section class="card" data-testid="account-card" data-waba-id={account.wabaId}>
      <div class="card-head">
        <h3>
          <bdi>{account.name}</bdi>
        </h3>
      </div>
      <Facts facts={facts} />
      {ownWebhook === undefined ? null : <OwnWebhook webhook={ownWebhook} />}
      {account.payment === 'present' ? null : <PaymentNote account={account} />}
      <ul class="number-rows">
        {numbers.map((number) => (
          <NumberRow key={number.phoneNumberId} number={number} setup={setup} />
        ))}
      </ul>
      <Failures
        failure={call.failure}
        stored={account.failure}
        repairs={{ reconnect: () => navigation.openWizard({ kind: 'connect' }) }}
      />
      <div class="card-actions">
        <Button
          onClick={() => navigation.openWizard({ kind: 'add', wabaId: account.wabaId })}
          testId="account-add-number"
        >
          {words.t('setup.account.addNumber')}
        </Button>
        <Button
          isBusy={call.isBusy}
          onClick={() => void call.run(() => calls.refreshAccount(account.wabaId))}
          testId="account-refresh"
        >
          {words.t('setup.account.refresh')}
        </Button>
        {account.reviewStatus === 'rejected' ? (
          <Button onClick={() => setDialog('review')} testId="account-review">
            {words.t('setup.account.correctReview')}
          </Button>
        ) : null}
        <Button onClick={() => setDialog('remove')} testId="account-remove">
          {words.t('setup.account.remove')}
        </Button>
      </div>
      {dialog === null ? null : <AccountDialogs kind={dialog} account={account} onClose={() => setDialog(null)} />}
    </section>
  )
}
