import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useCall } from '../administration/use-call.ts'
import { Failures } from './FailureNote.tsx'

const EMPTY = { appId: '', appSecret: '', token: '', wabaId: '' }
const isNumber = (text: string): boolean => /^\d{1,32}$/.test(text.trim())

/** For people with an app of their own at Meta: its secret, a lasting token and the account. */
export function OwnAppForm(): JSX.Element {
  const { words, calls, navigation, setup } = useSettings()
  const [app, setApp] = useState(EMPTY)
  const call = useCall()
  const isComplete =
    isNumber(app.appId) && isNumber(app.wabaId) && app.appSecret.trim().length >= 8 && app.token.trim().length >= 8
  const put = (field: keyof typeof EMPTY) => (value: string) => setApp({ ...app, [field]: value })
  const save = (): void => {
    const trimmed = Object.fromEntries(Object.entries(app).map(([field, value]) => [field, value.trim()]))
    if (!isComplete) return
    void call
      .run(() => calls.connectOwnApp({ ...app, ...trimmed }))
      .then((isDone) => {
        if (isDone) navigation.connected(setup.peek(), { wabaId: app.wabaId.trim(), phoneNumberId: null })
      })
  }
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <p>{words.t('setup.ownApp.text')}</p>
      <TextField
        label={words.t('setup.ownApp.appId')}
        value={app.appId}
        onInput={put('appId')}
        keys="numeric"
        direction="ltr"
        inputTestId="own-app-id"
      />
      <TextField
        label={words.t('setup.ownApp.secret')}
        hint={words.t('setup.ownApp.secretHint')}
        value={app.appSecret}
        onInput={put('appSecret')}
        type="password"
        inputTestId="own-app-secret"
      />
      <TextField
        label={words.t('setup.ownApp.token')}
        hint={words.t('setup.ownApp.tokenHint')}
        value={app.token}
        onInput={put('token')}
        type="password"
        inputTestId="own-app-token"
      />
      <TextField
        label={words.t('setup.account.id')}
        hint={words.t('setup.account.idHint')}
        value={app.wabaId}
        onInput={put('wabaId')}
        keys="numeric"
        direction="ltr"
        inputTestId="own-app-waba"
      />
      <Failures failure={call.failure} repairs={{ retry: save, wait: save }} />
      <div class="wizard-actions">
        <Button isPrimary isBusy={call.isBusy} isDisabled={!isComplete} onClick={save} testId="own-app-save">
          {words.t('setup.ownApp.connect')}
        </Button>
      </div>
    </form>
  )
}
