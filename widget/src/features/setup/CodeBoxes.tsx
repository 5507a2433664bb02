import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useSettings } from '../../state/settings/settings.ts'
import { CODE_LENGTH, eraseAt, typeInto } from './code.model.ts'
import type { Typed } from './code.model.ts'

export type CodeBoxesProps = {
  label: string
  value: string
  onInput: (code: string) => void
  /** Enter was pressed. */
  onSubmit: () => void
  isWrong?: boolean
  /** Counts the times that a code is awaited anew: then the first box takes the focus. 0: nobody asked yet. */
  turn?: number
}

const BOXES = Array.from({ length: CODE_LENGTH }, (_, at) => at)

/** Six boxes for six digits; a whole code may be pasted into any of them, or filled in by the phone. */
export function CodeBoxes({ label, value, onInput, onSubmit, isWrong = false, turn = 0 }: CodeBoxesProps): JSX.Element {
  const { words } = useSettings()
  const group = useRef<HTMLDivElement>(null)
  const focus = (at: number): void => {
    const box = group.current?.querySelectorAll('input').item(Math.max(0, Math.min(CODE_LENGTH - 1, at)))
    box?.focus()
    box?.select()
  }
  useEffect(() => {
    if (turn > 0) group.current?.querySelector('input')?.focus()
  }, [turn])
  const put = (typed: Typed): void => {
    onInput(typed.code)
    focus(typed.focus)
  }
  const onKey = (event: KeyboardEvent, at: number): void => {
    if (event.key === 'Enter') onSubmit()
    else if (event.key === 'Backspace') put(eraseAt(value, at))
    else if (event.key === 'ArrowLeft') focus(at - 1)
    else if (event.key === 'ArrowRight') focus(at + 1)
    else return
    event.preventDefault()
  }
  return (
    <div ref={group} class="code-boxes" role="group" aria-label={label} dir="ltr">
      {BOXES.map((at) => (
        <input
          key={at}
          class="code-box"
          type="text"
          inputMode="numeric"
          autocomplete={at === 0 ? 'one-time-code' : 'off'}
          aria-label={words.t('setup.code.digit', { place: at + 1 })}
          aria-invalid={isWrong}
          value={value[at] ?? ''}
          data-testid="code-box"
          onFocus={(event) => event.currentTarget.select()}
          onKeyDown={(event) => onKey(event, at)}
          onPaste={(event) => {
            event.preventDefault()
            put(typeInto(value, at, event.clipboardData?.getData('text') ?? ''))
          }}
          onInput={(event) => {
            const box = event.currentTarget
            const typed = typeInto(value, Math.min(at, value.length), box.value)
            // What the box shows is ours to say: a letter must not stay in it.
            box.value = typed.code[at] ?? ''
            put(typed)
          }}
        />
      ))}
    </div>
  )
}
