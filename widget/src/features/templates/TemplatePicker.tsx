import type { JSX } from 'preact'
import { useCallback, useState } from 'preact/hooks'
import type { PhoneNumberId, TemplateView } from '../../../../contract/index.ts'
import type { ApiFailure } from '../../state/pane.ts'
import { usePane } from '../../state/pane.ts'
import type { FilledTemplate, Templates } from '../../state/templates.ts'
import { Button } from '../../ui/Button.tsx'
import { TemplateFields } from './TemplateFields.tsx'
import { TemplateList } from './TemplateList.tsx'
import { useLoaded } from './use-loaded.ts'
import { WhyNot } from './WhyNot.tsx'

export type TemplatePickerProps = {
  templates: Templates
  phoneNumberId: PhoneNumberId
  isBusy: boolean
  failure: ApiFailure | null
  onSend: (template: FilledTemplate) => void
}

/** First which template, then what stands in it. */
export function TemplatePicker({ templates, phoneNumberId, ...rest }: TemplatePickerProps): JSX.Element {
  const { words } = usePane()
  const [chosen, setChosen] = useState<TemplateView | null>(null)
  const { value, failure, again } = useLoaded(
    useCallback(() => templates.list(phoneNumberId), [templates, phoneNumberId]),
  )
  if (failure !== null) {
    return (
      <>
        <WhyNot failure={failure} />
        <Button onClick={again} testId="templates-again">
          {words.t('action.tryAgain')}
        </Button>
      </>
    )
  }
  if (value === null) return <p role="status">{words.t('start.loading')}</p>
  return chosen === null ? (
    <TemplateList templates={value.items} onChoose={setChosen} />
  ) : (
    <TemplateFields template={chosen} onBack={() => setChosen(null)} {...rest} />
  )
}
