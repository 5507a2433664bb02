import type { JSX } from 'preact'
import type { TemplateView } from '../../../../contract/index.ts'
import { usePane } from '../../state/pane.ts'
import { previewOf } from './templates.model.ts'

/** The message as the customer will read it; what was filled in is marked. */
export function TemplatePreview({ template, values }: { template: TemplateView; values: string[] }): JSX.Element {
  const { words } = usePane()
  return (
    <div class="template-preview" role="group" aria-label={words.t('start.preview')} data-testid="template-preview">
      {template.header === null ? null : (
        <p class="template-header" dir="auto">
          {template.header.toWellFormed()}
        </p>
      )}
      <p class="template-text" dir="auto">
        {previewOf(template, values).map(({ text, isValue }, at) =>
          isValue ? <mark key={at}>{text.toWellFormed()}</mark> : text.toWellFormed(),
        )}
      </p>
      {template.footer === null ? null : (
        <p class="quiet" dir="auto">
          {template.footer.toWellFormed()}
        </p>
      )}
      {template.buttons.length === 0 ? null : (
        <ul class="template-buttons" aria-label={words.t('start.buttons')}>
          {template.buttons.map((button, at) => (
            <li key={at} dir="auto">
              {button.toWellFormed()}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
