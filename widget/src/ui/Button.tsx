import type { ComponentChildren, JSX } from 'preact'

export type ButtonProps = {
  children: ComponentChildren
  onClick: () => void
  isPrimary?: boolean
  isBusy?: boolean
  tabIndex?: number
  testId?: string
}

export function Button({
  children,
  onClick,
  isPrimary = false,
  isBusy = false,
  tabIndex = 0,
  testId,
}: ButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class={isPrimary ? 'button button-primary' : 'button'}
      aria-disabled={isBusy}
      aria-busy={isBusy}
      tabIndex={tabIndex}
      data-testid={testId}
      onClick={() => {
        if (!isBusy) onClick()
      }}
    >
      {children}
    </button>
  )
}
