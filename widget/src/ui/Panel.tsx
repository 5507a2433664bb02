import type { ComponentChildren, JSX } from 'preact'
import type { IconName } from './Icon.tsx'
import { Icon } from './Icon.tsx'

export type PanelProps = {
  icon: IconName
  title: string
  children?: ComponentChildren
  action?: ComponentChildren
  /** Codes and ids for whoever helps; folded away. */
  details?: { label: string; text: string }
  isAlert?: boolean
  /** Inside a page that already has its heading. */
  isPart?: boolean
  testId?: string
}

/** Fills the pane when there is no conversation to show: says why, and what to do. */
export function Panel({
  icon,
  title,
  children,
  action,
  details,
  isAlert = false,
  isPart = false,
  testId,
}: PanelProps): JSX.Element {
  return (
    <section class="panel" role={isAlert ? 'alert' : undefined} data-testid={testId}>
      <span class="panel-icon">
        <Icon name={icon} size={24} />
      </span>
      {isPart ? <h2 class="panel-title">{title}</h2> : <h1 class="panel-title">{title}</h1>}
      <div class="panel-text">{children}</div>
      {action}
      {details === undefined ? null : (
        <details class="panel-details">
          <summary>{details.label}</summary>
          <code dir="auto">{details.text}</code>
        </details>
      )}
    </section>
  )
}
