import type { ComponentChildren, JSX } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { IconButton } from './IconButton.tsx'

export type DialogProps = {
  title: string
  closeLabel: string
  onClose: () => void
  children: ComponentChildren
  /** Buttons at its end, the one that does it last. */
  actions?: ComponentChildren
  testId?: string
}

/** A native modal dialog: it holds the focus, closes with Escape and gives the focus back. */
export function Dialog({ title, closeLabel, onClose, children, actions, testId }: DialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={id}
      data-testid={testId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div class="dialog-head">
        <h2 id={id}>{title}</h2>
        <IconButton icon="close" label={closeLabel} onClick={onClose} />
      </div>
      <div class="dialog-body">{children}</div>
      {actions === undefined ? null : <div class="dialog-actions">{actions}</div>}
    </dialog>
  )
}
