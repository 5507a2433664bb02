import type { ComponentChildren, JSX } from 'preact'

/** Words for screen readers only. */
export function Hidden({ children }: { children: ComponentChildren }): JSX.Element {
  return <span class="hidden">{children}</span>
}
