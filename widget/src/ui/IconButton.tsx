import type { JSX } from 'preact'
import type { IconName } from './Icon.tsx'
import { Icon } from './Icon.tsx'

export type IconButtonProps = {
  icon: IconName
  label: string
  onClick: () => void
  /** Stays focusable and says that it does nothing now. */
  isDisabled?: boolean
  tabIndex?: number
  class?: string
  testId?: string
}

export function IconButton(props: IconButtonProps): JSX.Element {
  const { icon, label, onClick, isDisabled = false, tabIndex = 0 } = props
  return (
    <button
      type="button"
      class={`icon-button ${props.class ?? ''}`}
      aria-label={label}
      title={label}
      aria-disabled={isDisabled}
      tabIndex={tabIndex}
      data-testid={props.testId}
      onClick={() => {
        if (!isDisabled) onClick()
      }}
    >
      <Icon name={icon} />
    </button>
  )
}
