import type { JSX } from 'preact'
import type { FieldProps } from './Field.tsx'
import { Field } from './Field.tsx'

export type SelectFieldProps = Omit<FieldProps, 'children'> & {
  value: string
  options: readonly { value: string; label: string; isDisabled?: boolean }[]
  onChange: (value: string) => void
  /** Shown while nothing is chosen. */
  placeholder?: string
  inputTestId?: string
}

/** One of a few values. */
export function SelectField(props: SelectFieldProps): JSX.Element {
  const { value, options, onChange, placeholder, inputTestId, ...field } = props
  return (
    <Field {...field}>
      {(ids) => (
        <select
          {...ids}
          class="input select"
          value={value}
          data-testid={inputTestId}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {placeholder === undefined ? null : (
            <option value="" disabled>
              {placeholder}
            </option>
          )}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.isDisabled === true}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
