import type { ComponentChildren, JSX } from 'preact'
import type { IconName } from './Icon.tsx'
import { Icon } from './Icon.tsx'

export type BarProps = {
  icon: IconName
  tone: 'quiet' | 'warning' | 'danger'
  children: ComponentChildren
  action?: ComponentChildren
  testId?: string
  /** Told to screen readers when it appears. */
  isSpoken?: boolean
}

/** One line across the pane that says how things stand. */
export function Bar({ icon, tone, children, action, testId, isSpoken = false }: BarProps): JSX.Element {
  return (
    <div class={`bar bar-${tone}`} role={isSpoken ? 'status' : undefined} data-testid={testId}>
      <Icon name={icon} size={14} />
      <span class="bar-text">{children}</span>
      {action}
    </div>
  )
}
