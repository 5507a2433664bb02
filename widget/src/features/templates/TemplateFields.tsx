import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { TemplateView } from '../../../../contract/index.ts'
import type { ApiFailure } from '../../state/pane.ts'
import { usePane } from '../../state/pane.ts'
import type { FilledTemplate } from '../../state/templates.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { TemplatePreview } from './TemplatePreview.tsx'
import { isTooLong, valueProblem } from './templates.model.ts'
import { WhyNot } from './WhyNot.tsx'

export type TemplateFieldsProps = {
  template: TemplateView
  isBusy: boolean
  failure: ApiFailure | null
  onBack: () => void
  onSend: (template: FilledTemplate) => void
}

/** Fills a template in, with the message as it will be read beside the fields. */
export function TemplateFields({ template, isBusy, failure, onBack, onSend }: TemplateFieldsProps): JSX.Element {
  const { words } = usePane()
  const [values, setValues] = useState(template.variables.map(() => ''))
  const [isTried, setIsTried] = useState(false)
  const problems = values.map(valueProblem)
  const isLong = isTooLong(template, values)

  function submit(): void {
    setIsTried(true)
    if (isLong || problems.some((problem) => problem !== null)) return
    onSend({ name: template.name, language: template.language, bodyParams: values.map((value) => value.trim()) })
  }

  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {template.variables.map((name, at) => {
        const problem = isTried ? (problems[at] ?? null) : null
        return (
          <TextField
            key={name}
            label={words.t('start.value', { name })}
            value={values[at] ?? ''}
            error={problem === null ? null : words.t(problem)}
            placeholder={template.samples[at] ?? ''}
            onInput={(value) => setValues(values.with(at, value))}
            inputTestId={`template-value-${name}`}
          />
        )
      })}
      <TemplatePreview template={template} values={values} />
      {isLong ? (
        <p class="field-error" role="alert">
          {words.t('start.tooLong')}
        </p>
      ) : null}
      {failure === null ? null : <WhyNot failure={failure} />}
      <div class="dialog-actions">
        <Button onClick={onBack} testId="template-back">
          {words.t('start.other')}
        </Button>
        <Button isPrimary isBusy={isBusy} onClick={submit} testId="template-send">
          {words.t('action.send')}
        </Button>
      </div>
    </form>
  )
}
