import type { JSX } from 'preact'
import { useMemo, useRef, useState } from 'preact/hooks'
import type { AccountView, NumberView } from '../../../../contract/index.ts'
import { PROFILE_LIMITS, VERTICALS } from '../../../../contract/profile.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { focusFirstWrong } from '../../ui/focus.ts'
import { SelectField } from '../../ui/SelectField.tsx'
import type { TextFieldProps } from '../../ui/TextField.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useCall } from '../administration/use-call.ts'
import { Failures } from './FailureNote.tsx'
import { NAME_GUIDELINES } from './links.model.ts'
import type { ProfileForm } from './profile.model.ts'
import { draftOf, formOf, isVertical, nameHint, problemsOf } from './profile.model.ts'
import { ProfilePreview } from './ProfilePreview.tsx'

type LimitedField = 'displayName' | 'about' | 'address' | 'description' | 'email'
const MORE = ['about', 'address', 'email'] as const

export type ProfileStepProps = { account: AccountView; number: NumberView | null; onDone: () => void }

/** Step 2: what customers will see. A draft: the name goes to Meta with the number, all else once it is registered. */
export function ProfileStep({ account, number, onDone }: ProfileStepProps): JSX.Element {
  const { words, dates, calls } = useSettings()
  const [form, setForm] = useState<ProfileForm>(() => formOf(account, number))
  const [hasTried, setHasTried] = useState(false)
  const call = useCall()
  const inputs = useRef<HTMLFormElement>(null)
  const problems = useMemo(() => problemsOf(form), [form])
  const hint = nameHint(form.displayName)
  const verticals = useMemo(
    () =>
      VERTICALS.map((value) => ({ value, label: words.t(`setup.vertical.${value}`) })).toSorted((a, b) =>
        a.label.localeCompare(b.label, words.tag),
      ),
    [words],
  )

  const put = (change: Partial<ProfileForm>): void => setForm({ ...form, ...change })
  const problem = (field: keyof ProfileForm): string | null => {
    const word = problems[field]
    // While one still types, only what is too much is said at once.
    return word === undefined || (!hasTried && word !== 'setup.profile.tooLong') ? null : words.t(word)
  }
  const limited = (field: LimitedField): Pick<TextFieldProps, 'value' | 'onInput' | 'error' | 'counter' | 'isOver'> => {
    const [used, limit] = [form[field].trim().length, PROFILE_LIMITS[field]]
    return {
      value: form[field],
      onInput: (value) => put({ [field]: value }),
      error: problem(field),
      counter: words.t('composer.count', { count: dates.number(used), max: dates.number(limit) }),
      isOver: used > limit,
    }
  }
  const save = async (): Promise<void> => {
    setHasTried(true)
    const draft = Object.keys(problems).length === 0 ? draftOf(form) : null
    if (draft === null) return focusFirstWrong(inputs.current)
    const isSaved = await call.run(async () => {
      const failure = await calls.saveProfile(account.wabaId, draft)
      if (failure !== null || number === null || !number.isRegistered) return failure
      return calls.sendProfile(number.phoneNumberId)
    })
    if (isSaved) onDone()
  }

  return (
    <div class="with-preview">
      <form
        class="form"
        ref={inputs}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <TextField
          {...limited('displayName')}
          label={words.t('setup.profile.name')}
          testId="field-name"
          inputTestId="profile-name"
          hint={
            <>
              {hint === null ? words.t('setup.profile.nameHint') : words.t(hint)}{' '}
              <a href={NAME_GUIDELINES} target="_blank" rel="noopener noreferrer">
                {words.t('setup.profile.guidelines')}
              </a>
            </>
          }
        />
        <SelectField
          label={words.t('setup.profile.vertical')}
          value={form.vertical}
          options={verticals}
          placeholder={words.t('setup.profile.choose')}
          error={problem('vertical')}
          inputTestId="profile-vertical"
          onChange={(value) => {
            if (isVertical(value)) put({ vertical: value })
          }}
        />
        <TextField
          {...limited('description')}
          label={words.t('setup.profile.description')}
          rows={3}
          testId="field-description"
          inputTestId="profile-description"
        />
        <details class="form-more">
          <summary>{words.t('setup.profile.more')}</summary>
          <div class="form">
            {MORE.map((field) => (
              <TextField
                key={field}
                {...limited(field)}
                label={words.t(`setup.profile.${field}`)}
                note={words.t('setup.optional')}
                inputTestId={`profile-${field}`}
              />
            ))}
            {form.websites.map((address, at) => (
              <TextField
                key={at}
                label={words.t('setup.profile.website', { place: at + 1 })}
                note={words.t('setup.optional')}
                value={address}
                keys="url"
                direction="ltr"
                error={at === 0 ? problem('websites') : null}
                onInput={(value) => put({ websites: at === 0 ? [value, form.websites[1]] : [form.websites[0], value] })}
                inputTestId={`profile-website-${at + 1}`}
              />
            ))}
          </div>
        </details>
        <Failures failure={call.failure} repairs={{ retry: () => void save(), wait: () => void save() }} />
        {hasTried && Object.keys(problems).length > 0 ? (
          <p class="field-error" role="alert">
            {words.t('setup.profile.incomplete')}
          </p>
        ) : null}
        <div class="wizard-actions">
          <Button isPrimary isBusy={call.isBusy} onClick={() => void save()} testId="profile-save">
            {words.t('setup.profile.save')}
          </Button>
        </div>
        <p class="wizard-next">{words.t('setup.profile.next')}</p>
      </form>
      <ProfilePreview form={form} number={number?.displayPhoneNumber ?? null} />
    </div>
  )
}
