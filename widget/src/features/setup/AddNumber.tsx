import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { AccountView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { Check } from '../../ui/Check.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { setupFailureOf } from '../../state/settings/failures.ts'
import { useCall } from '../administration/use-call.ts'
import { Failures } from './FailureNote.tsx'
import { MovingChecklist } from './MovingChecklist.tsx'
import { likelyCountryCode, newNumber, splitFull } from './number.model.ts'
import { findNumber } from './wizard.model.ts'

/** A number that the account does not have yet: a new one, or one that moves here from another provider. */
export function AddNumber({ account, onAdded }: { account: AccountView; onAdded: () => void }): JSX.Element {
  const { words, calls, navigation, setup } = useSettings()
  const [countryCode, setCountryCode] = useState(() => likelyCountryCode(words.tag))
  const [phoneNumber, setPhoneNumber] = useState('')
  const [migrate, setMigrate] = useState(false)
  const phone = useRef<HTMLInputElement>(null)
  const call = useCall()
  const number = newNumber({ countryCode, phoneNumber, migrate })
  const add = async (): Promise<void> => {
    if (number === null || !(await call.run(() => calls.addNumber(account.wabaId, number)))) return
    const now = setup.peek()
    const added = now === null ? null : findNumber(now, number)
    if (added !== null) navigation.openWizard({ kind: 'number', id: added.phoneNumberId })
    onAdded()
  }
  const refused = call.failure === null ? null : (setupFailureOf(call.failure)?.key ?? null)
  const repairs = {
    retry: () => void add(),
    wait: () => void add(),
    change_number: () => {
      setPhoneNumber('')
      phone.current?.focus()
    },
    change_name: () => navigation.openWizard({ kind: 'add', wabaId: account.wabaId }),
  }
  return (
    <form
      class="form"
      data-testid="number-form"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <div class="form-phone">
        <TextField
          label={words.t('setup.number.country')}
          value={countryCode}
          onInput={setCountryCode}
          keys="tel"
          direction="ltr"
          placeholder="81"
          autocomplete="tel-country-code"
          inputTestId="number-country"
        />
        <TextField
          label={words.t('setup.number.phone')}
          value={phoneNumber}
          keys="tel"
          direction="ltr"
          autocomplete="tel-national"
          inputTestId="number-input"
          input={phone}
          onInput={(text) => {
            const full = splitFull(text)
            setPhoneNumber(full?.phoneNumber ?? text)
            if (full !== null) setCountryCode(full.countryCode)
          }}
        />
      </div>
      <p class="quiet">{words.t('setup.number.newHint')}</p>
      <Check
        label={words.t('setup.number.migrate')}
        hint={words.t('setup.number.migrateHint')}
        isChecked={migrate}
        onChange={setMigrate}
        testId="number-migrate"
      />
      {migrate ? <MovingChecklist account={account} /> : null}
      <Failures failure={call.failure} repairs={repairs} />
      {refused === 'number_taken' && !migrate ? (
        <div>
          <Button onClick={() => setMigrate(true)} testId="number-move">
            {words.t('setup.number.move')}
          </Button>
        </div>
      ) : null}
      {refused === 'number_in_use' ? (
        <div>
          <Button onClick={() => navigation.openWizard({ kind: 'connect' })} testId="number-with-app">
            {words.t('setup.number.withApp')}
          </Button>
        </div>
      ) : null}
      <div class="wizard-actions">
        <Button
          isPrimary
          isBusy={call.isBusy}
          isDisabled={number === null}
          onClick={() => void add()}
          testId="number-add"
        >
          {words.t('setup.number.add')}
        </Button>
      </div>
      <p class="wizard-next">{words.t('setup.number.addNext')}</p>
    </form>
  )
}
