import type { ComponentChildren, JSX } from 'preact'
import { useId } from 'preact/hooks'

export type ChoiceProps = {
  legend: string
  value: string
  options: readonly { value: string; label: string; hint?: ComponentChildren; isDisabled?: boolean }[]
  onChange: (value: string) => void
  testId?: string
  /** The legend is told to readers only. */
  isLegendHidden?: boolean
}

/** One of a few ways, each with a sentence about it. */
export function Choice({ legend, value, options, onChange, testId, isLegendHidden = false }: ChoiceProps): JSX.Element {
  const name = useId()
  return (
    <fieldset class="choice" data-testid={testId}>
      <legend class={isLegendHidden ? 'hidden' : ''}>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} class={option.isDisabled === true ? 'choice-row choice-off' : 'choice-row'}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.isDisabled === true}
            onChange={() => onChange(option.value)}
          />
          <span class="choice-text">
            <span>{option.label}</span>
            {option.hint === undefined ? null : <span class="quiet">{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
