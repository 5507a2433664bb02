import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { AccountView, NumberView, SetupView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { AddNumber } from './AddNumber.tsx'
import { RegisterNumber } from './RegisterNumber.tsx'
import { VerifyNumber } from './VerifyNumber.tsx'
import { isOutsideTrial, numbersToChoose } from './wizard.model.ts'

type ChooseProps = { setup: SetupView; account: AccountView; number: NumberView | null; onChosen: () => void }

/** Numbers that the account has already, and the way to a new one. */
function ChooseNumber({ setup, account, number, onChosen }: ChooseProps): JSX.Element {
  const { words, navigation } = useSettings()
  const choices = numbersToChoose(setup, account)
  const [isAdding, setIsAdding] = useState(choices.length === 0)
  if (isAdding) {
    return (
      <>
        {choices.length === 0 ? null : (
          <div>
            <button type="button" class="link-button" onClick={() => setIsAdding(false)} data-testid="number-existing">
              {words.t('setup.number.existing')}
            </button>
          </div>
        )}
        <AddNumber account={account} onAdded={onChosen} />
      </>
    )
  }
  return (
    <div class="form">
      <p>{words.t('setup.number.choose')}</p>
      <ul class="number-list">
        {choices.map((choice) => (
          <li key={choice.phoneNumberId}>
            <button
              type="button"
              class="number-choice"
              aria-pressed={choice.phoneNumberId === number?.phoneNumberId}
              data-testid="number-choice"
              data-number-id={choice.phoneNumberId}
              onClick={() => {
                navigation.openWizard({ kind: 'number', id: choice.phoneNumberId })
                onChosen()
              }}
            >
              <bdi dir="ltr">{choice.displayPhoneNumber}</bdi>
              <span class="quiet">
                {choice.verifiedName}{' '}
                {words.t(choice.isVerified ? 'setup.number.verified' : 'setup.number.notVerified')}
              </span>
              {isOutsideTrial(choice) ? (
                <span class="number-choice-note">{words.t('setup.number.notInTrial')}</span>
              ) : null}
            </button>
          </li>
        ))}
      </ul>
      <div class="wizard-actions">
        <Button onClick={() => setIsAdding(true)} testId="number-new">
          {words.t('setup.number.new')}
        </Button>
      </div>
    </div>
  )
}

export type NumberStepProps = {
  setup: SetupView
  account: AccountView
  number: NumberView | null
  /** A number was chosen while the step was open once more. */
  onChosen: () => void
}

/** Step 3: which number, the code that proves it, and switching it on. What is done already is passed over. */
export function NumberStep({ setup, account, number, onChosen }: NumberStepProps): JSX.Element {
  const [isChoosing, setIsChoosing] = useState(false)
  const { navigation } = useSettings()
  const choose = (): void => {
    setIsChoosing(true)
    navigation.openWizard({ kind: 'add', wabaId: account.wabaId })
  }
  const chosen = (): void => {
    setIsChoosing(false)
    onChosen()
  }
  if (number === null || isChoosing || number.step === 'channel' || number.step === 'done')
    return <ChooseNumber setup={setup} account={account} number={number} onChosen={chosen} />
  return number.isVerified || number.isCoexistent ? (
    <RegisterNumber key={number.phoneNumberId} number={number} />
  ) : (
    <VerifyNumber key={number.phoneNumberId} number={number} onChangeNumber={choose} />
  )
}
