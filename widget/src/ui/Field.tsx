import type { ComponentChildren, JSX } from 'preact'
import { useId } from 'preact/hooks'

/** Attributes that tie an input to its label, its hint and what is wrong with it. */
export type FieldIds = { id: string; 'aria-describedby'?: string; 'aria-invalid': boolean }

export type FieldProps = {
  label: string
  hint?: ComponentChildren
  /** What is wrong with it, in words; null while nothing is. */
  error?: string | null
  /** Such as "12/120". */
  counter?: string
  /** More than there may be. */
  isOver?: boolean
  /** Beside the label, such as "optional". */
  note?: string
  /** The input itself. */
  children: (ids: FieldIds) => ComponentChildren
  testId?: string
}

/** One question of a form: its label above, help and what is wrong below. */
export function Field(props: FieldProps): JSX.Element {
  const { label, hint, error = null, counter, isOver = false, note, children, testId } = props
  const id = useId()
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const described = [hint === undefined ? '' : hintId, error === null ? '' : errorId].filter((part) => part !== '')
  return (
    <div class="field" data-testid={testId}>
      <div class="field-head">
        <label for={id}>{label}</label>
        {note === undefined ? null : <span class="field-note">{note}</span>}
        {counter === undefined ? null : (
          <span
            class={isOver ? 'field-counter field-over' : 'field-counter'}
            {...(testId === undefined ? {} : { 'data-testid': `${testId}-count` })}
          >
            {counter}
          </span>
        )}
      </div>
      {children({
        id,
        ...(described.length === 0 ? {} : { 'aria-describedby': described.join(' ') }),
        'aria-invalid': error !== null,
      })}
      {hint === undefined ? null : (
        <p class="field-hint" id={hintId}>
          {hint}
        </p>
      )}
      {error === null ? null : (
        <p class="field-error" id={errorId} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
