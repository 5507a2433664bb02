import type { ComponentChildren, JSX } from 'preact'

export type ButtonProps = {
  children: ComponentChildren
  onClick: () => void
  isPrimary?: boolean
  isDanger?: boolean
  isBusy?: boolean
  /** Stays focusable and does nothing: what is missing stands beside it. */
  isDisabled?: boolean
  tabIndex?: number
  testId?: string
}

export function Button({
  children,
  onClick,
  isPrimary = false,
  isDanger = false,
  isBusy = false,
  isDisabled = false,
  tabIndex = 0,
  testId,
}: ButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class={`button${isPrimary ? ' button-primary' : ''}${isDanger ? ' button-danger' : ''}`}
      aria-disabled={isBusy || isDisabled}
      aria-busy={isBusy}
      tabIndex={tabIndex}
      data-testid={testId}
      onClick={() => {
        if (!isBusy && !isDisabled) onClick()
      }}
    >
      {children}
    </button>
  )
}
