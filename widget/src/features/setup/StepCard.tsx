import type { ComponentChildren, JSX } from 'preact'
import { useSettings } from '../../state/settings/settings.ts'
import { Hidden } from '../../ui/Hidden.tsx'
import { Icon } from '../../ui/Icon.tsx'
import type { StepState } from './wizard.model.ts'

export type StepCardProps = {
  name: 'facebook' | 'profile' | 'number' | 'channel'
  place: number
  title: string
  state: StepState
  /** What was chosen, while the step is folded. */
  summary?: ComponentChildren
  isOpen: boolean
  /** Opens a done step again; absent where nothing is to be changed here. */
  onChange?: () => void
  children: ComponentChildren
}

/** One of the four steps: always there, the current one open, done ones folded with what was chosen. */
export function StepCard(props: StepCardProps): JSX.Element {
  const { name, place, title, state, summary, isOpen, onChange, children } = props
  const { words, dates } = useSettings()
  return (
    <li
      class={`step step-${state}${isOpen ? ' step-open' : ''}`}
      data-testid={`step-${name}`}
      data-state={state}
      aria-current={state === 'current' ? 'step' : undefined}
    >
      <div class="step-head">
        <span class="step-mark" aria-hidden="true">
          {state === 'done' ? <Icon name="check" size={14} /> : dates.number(place)}
        </span>
        <h2 class="step-title" tabIndex={-1}>
          {title} {state === 'done' ? <Hidden>{words.t('setup.step.done')}</Hidden> : null}
        </h2>
        {isOpen || summary === undefined ? null : <div class="step-summary">{summary}</div>}
        {state === 'done' && onChange !== undefined ? (
          <button
            type="button"
            class="link-button step-change"
            aria-expanded={isOpen}
            onClick={onChange}
            data-testid={`step-${name}-change`}
          >
            {words.t(isOpen ? 'setup.step.fold' : 'setup.step.change')}
            <Hidden>{title}</Hidden>
          </button>
        ) : null}
      </div>
      {isOpen ? <div class="step-body">{children}</div> : null}
    </li>
  )
}
