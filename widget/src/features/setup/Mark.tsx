import type { JSX } from 'preact'
import { Icon } from '../../ui/Icon.tsx'

/** Before a line of a list: done, still open, or empty where only the person can know (null). */
export function Mark({ isDone }: { isDone: boolean | null }): JSX.Element {
  return <span class="need-mark">{isDone === null ? null : <Icon name={isDone ? 'check' : 'alert'} size={12} />}</span>
}
