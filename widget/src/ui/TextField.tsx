import type { JSX, Ref } from 'preact'
import type { FieldProps } from './Field.tsx'
import { Field } from './Field.tsx'

export type TextFieldProps = Omit<FieldProps, 'children'> & {
  value: string
  onInput: (value: string) => void
  onBlur?: () => void
  type?: 'text' | 'password' | 'date' | 'number'
  /** Which keys a phone shows. */
  keys?: 'text' | 'email' | 'tel' | 'url' | 'numeric'
  /** Lines to show; more than one makes a box. */
  rows?: number
  placeholder?: string
  autocomplete?: string
  direction?: 'ltr' | 'auto'
  isDisabled?: boolean
  inputTestId?: string
  input?: Ref<HTMLInputElement>
}

/** One line or a few lines of text. */
export function TextField(props: TextFieldProps): JSX.Element {
  const { value, onInput, onBlur, type = 'text', keys = 'text', rows = 1, input, ...field } = props
  return (
    <Field {...field}>
      {(ids) => {
        const shared = {
          ...ids,
          class: 'input',
          value,
          placeholder: props.placeholder,
          autocomplete: props.autocomplete ?? 'off',
          dir: props.direction ?? 'auto',
          disabled: props.isDisabled === true,
          'data-testid': props.inputTestId,
          onBlur,
          onInput: (event: Event & { currentTarget: { value: string } }) => onInput(event.currentTarget.value),
        } as const
        if (rows > 1) return <textarea {...shared} rows={rows} />
        const line = { ...shared, inputMode: keys, ...(input === undefined ? {} : { ref: input }) }
        if (type === 'password') return <input {...line} type="password" />
        if (type === 'date') return <input {...line} type="date" />
        return type === 'number' ? <input {...line} type="number" /> : <input {...line} type="text" />
      }}
    </Field>
  )
}
