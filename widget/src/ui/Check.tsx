import type { ComponentChildren, JSX } from 'preact'
import { useId } from 'preact/hooks'

export type CheckProps = {
  label: string
  hint?: ComponentChildren
  isChecked: boolean
  onChange: (isChecked: boolean) => void
  testId?: string
}

/** Yes or no, with a sentence about it. */
export function Check({ label, hint, isChecked, onChange, testId }: CheckProps): JSX.Element {
  const id = useId()
  return (
    <div class="check">
      <input
        id={id}
        type="checkbox"
        checked={isChecked}
        aria-describedby={`${id}-hint`}
        data-testid={testId}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <div class="choice-text">
        <label for={id}>{label}</label>
        <span id={`${id}-hint`} class="quiet">
          {hint}
        </span>
      </div>
    </div>
  )
}
