import type { JSX } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { ApiFailure } from '../../state/settings/settings.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { focusFirstWrong } from '../../ui/focus.ts'
import { SelectField } from '../../ui/SelectField.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { ChannelPreview } from './ChannelPreview.tsx'
import type { Draft, DraftErrors } from './form.model.ts'
import { errorsOf, LIMITS, settingsOf } from './form.model.ts'
import { IconField } from './IconField.tsx'
import { Refused } from './Refused.tsx'
import { RuleFields } from './RuleFields.tsx'

export type ChannelFormProps = {
  initial: Draft
  displayPhoneNumber: string
  /** Of the icon that is there already. */
  iconUrl: string | null
  submitLabel: string
  failure: ApiFailure | null
  isBusy: boolean
  onSubmit: (body: ReturnType<typeof settingsOf>, icon: Blob | null) => void
  onCancel?: () => void
}

/** An address of the chosen picture for as long as it is shown. */
function useObjectUrl(blob: Blob | null): string | null {
  const url = useMemo(() => (blob === null ? null : URL.createObjectURL(blob)), [blob])
  useEffect(
    () => () => {
      if (url !== null) URL.revokeObjectURL(url)
    },
    [url],
  )
  return url
}

/** A channel's settings, with what agents will see of it beside them. */
export function ChannelForm(props: ChannelFormProps): JSX.Element {
  const { words, dates, setup } = useSettings()
  const [draft, setDraft] = useState(props.initial)
  const [icon, setIcon] = useState<Blob | null>(null)
  const [isTried, setIsTried] = useState(false)
  const inputs = useRef<HTMLFormElement>(null)
  const chosen = useObjectUrl(icon)
  const departments = setup.value?.desk.departments ?? []
  const errors: DraftErrors = isTried ? errorsOf(draft, departments) : {}
  const said = (key: keyof Draft): string | null => (errors[key] === undefined ? null : words.t(errors[key]))
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part })
  const iconUrl = chosen ?? props.iconUrl

  function submit(): void {
    setIsTried(true)
    if (Object.keys(errorsOf(draft, departments)).length === 0) props.onSubmit(settingsOf(draft), icon)
    else focusFirstWrong(inputs.current)
  }

  return (
    <form
      class="channel-form"
      ref={inputs}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div class="form">
        <IconField name={draft.name} url={iconUrl} onChange={setIcon} />
        <TextField
          label={words.t('channel.name')}
          hint={words.t('channel.nameHint')}
          value={draft.name}
          error={said('name')}
          counter={`${dates.number(draft.name.trim().length)}/${dates.number(LIMITS.name)}`}
          onInput={(name) => change({ name })}
          inputTestId="channel-name"
        />
        <div class="field">
          <span class="field-label">{words.t('channel.number')}</span>
          <bdi dir="ltr" class="field-value" data-testid="channel-number">
            {props.displayPhoneNumber}
          </bdi>
        </div>
        <SelectField
          label={words.t('channel.department')}
          hint={words.t('channel.departmentHint')}
          value={draft.departmentId}
          error={said('departmentId')}
          options={departments.map(({ id, name }) => ({ value: id, label: name }))}
          placeholder={words.t('channel.departmentChoose')}
          onChange={(departmentId) => change({ departmentId })}
          inputTestId="channel-department"
        />
        <RuleFields draft={draft} errors={errors} onChange={change} />
        {props.failure === null ? null : <Refused failure={props.failure} />}
      </div>
      <ChannelPreview
        name={draft.name}
        iconUrl={iconUrl}
        displayPhoneNumber={props.displayPhoneNumber}
        department={departments.find(({ id }) => id === draft.departmentId)?.name ?? null}
      />
      <div class="wizard-actions form-actions">
        {props.onCancel === undefined ? null : (
          <Button onClick={props.onCancel} testId="channel-cancel">
            {words.t('action.cancel')}
          </Button>
        )}
        <Button isPrimary isBusy={props.isBusy} onClick={submit} testId="channel-save">
          {props.submitLabel}
        </Button>
      </div>
    </form>
  )
}
