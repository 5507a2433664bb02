import type { JSX } from 'preact'
import { Icon } from '../../ui/Icon.tsx'
import { SettingsIcon } from '../../ui/SettingsIcon.tsx'

/** Before a line of a list: done, still open, or for the person alone to know (null). */
export function Mark({ isDone }: { isDone: boolean | null }): JSX.Element {
  return (
    <span class="need-mark">
      {isDone === null ? <SettingsIcon name="dot" size={14} /> : <Icon name={isDone ? 'check' : 'alert'} size={14} />}
    </span>
  )
}
