import type { JSX } from 'preact'
import { usePane } from '../../state/pane.ts'
import { Icon } from '../../ui/Icon.tsx'

/** The way back to the live end, with how many new messages wait there. Nothing moves until it is pressed. */
export function NewerPill({ count, onPress }: { count: number; onPress: () => void }): JSX.Element {
  const { words } = usePane()
  return (
    <button
      type="button"
      class={count > 0 ? 'pill pill-new' : 'pill'}
      data-testid="newer-pill"
      data-count={count}
      onClick={onPress}
    >
      <span>{count > 0 ? words.t('thread.newMessages', { count }) : words.t('thread.toNewest')}</span>
      <Icon name="down" size={14} />
    </button>
  )
}
