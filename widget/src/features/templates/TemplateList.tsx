import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { TemplateView } from '../../../../contract/index.ts'
import { usePane } from '../../state/pane.ts'
import { TextField } from '../../ui/TextField.tsx'
import { found, languageName, shownName, templateKey, unfitWord } from './templates.model.ts'

/** So few are seen at a glance. */
const FEW = 5

export type TemplateListProps = { templates: readonly TemplateView[]; onChoose: (template: TemplateView) => void }

/** The approved templates; those that cannot be filled in here say why. */
export function TemplateList({ templates, onChoose }: TemplateListProps): JSX.Element {
  const { words } = usePane()
  const [query, setQuery] = useState('')
  const shown = found(templates, query)
  if (templates.length === 0) return <p data-testid="no-templates">{words.t('start.noTemplates')}</p>
  return (
    <>
      {templates.length <= FEW ? null : (
        <TextField label={words.t('start.search')} value={query} onInput={setQuery} inputTestId="template-search" />
      )}
      {shown.length === 0 ? <p role="status">{words.t('start.noneFound')}</p> : null}
      <ul class="template-list" aria-label={words.t('start.templates')}>
        {shown.map((template) => (
          <li key={templateKey(template)}>
            <button
              type="button"
              class="template-choice"
              aria-disabled={!template.isFit}
              data-testid="template"
              data-template={templateKey(template)}
              onClick={() => {
                if (template.isFit) onChoose(template)
              }}
            >
              <span class="template-name">
                <bdi>{shownName(template.name)}</bdi>
                <span class="quiet">{languageName(template.language, words.tag)}</span>
              </span>
              <span class="template-body" dir="auto">
                {template.body.toWellFormed()}
              </span>
              {template.isFit ? null : <span class="quiet">{words.t(unfitWord(template.why))}</span>}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
