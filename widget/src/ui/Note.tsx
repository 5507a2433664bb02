import type { ComponentChildren, JSX } from 'preact'
import type { IconName } from './Icon.tsx'
import { Icon } from './Icon.tsx'

export type NoteProps = {
  tone: 'info' | 'warning' | 'danger' | 'good'
  children: ComponentChildren
  /** Buttons and links under the words. */
  actions?: ComponentChildren
  icon?: IconName
  /** Told to readers when it appears. */
  isAlert?: boolean
  testId?: string
  /** What it is about, for whoever looks for it. */
  kind?: string
}

const ICONS: Record<NoteProps['tone'], IconName> = {
  info: 'question',
  warning: 'alert',
  danger: 'alert',
  good: 'check',
}

/** A few sentences that stand out of the page: how something stands, and what to do about it. */
export function Note({ tone, children, actions, icon, isAlert = false, testId, kind }: NoteProps): JSX.Element {
  return (
    <div class={`notice notice-${tone}`} role={isAlert ? 'alert' : undefined} data-testid={testId} data-key={kind}>
      <Icon name={icon ?? ICONS[tone]} />
      <div class="notice-body">
        {children}
        {actions === undefined ? null : <div class="notice-actions">{actions}</div>}
      </div>
    </div>
  )
}
