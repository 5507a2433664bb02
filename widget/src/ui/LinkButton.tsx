import type { ComponentChildren, JSX } from 'preact'
import { Icon } from './Icon.tsx'

export type LinkButtonProps = {
  href: string
  children: ComponentChildren
  isPrimary?: boolean
  /** The new window may speak to this page (those with a name may): only for windows of our own Worker. */
  isOurs?: boolean
  onClick?: () => void
  testId?: string
}

/** Looks like a button and leads to another page, in a window of its own. */
export function LinkButton({
  href,
  children,
  isPrimary = false,
  isOurs = false,
  onClick,
  testId,
}: LinkButtonProps): JSX.Element {
  return (
    <a
      class={isPrimary ? 'button button-primary button-link' : 'button button-link'}
      href={href}
      {...(isOurs ? { target: 'kaiwa-window' } : { target: '_blank', rel: 'noopener noreferrer' })}
      data-testid={testId}
      onClick={onClick}
    >
      {children} <Icon name="external" size={14} />
    </a>
  )
}
