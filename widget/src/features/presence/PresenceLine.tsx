import type { JSX } from 'preact'
import { usePane } from '../../state/pane.ts'
import { Icon } from '../../ui/Icon.tsx'

/** Colleagues on the same conversation; nothing when one is alone. */
export function PresenceLine(): JSX.Element | null {
  const { words, presence } = usePane()
  const others = presence.others.value
  if (others.length === 0) return null
  return (
    <p class="presence" data-testid="presence">
      {others.map(({ id, name, state }) => (
        <span key={id} class={`presence-agent presence-${state}`}>
          <Icon name={state === 'typing' ? 'pen' : 'eye'} size={14} />
          {words.t(`presence.${state}`, { name })}
        </span>
      ))}
    </p>
  )
}
