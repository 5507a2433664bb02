import type { JSX } from 'preact'
import { Hidden } from '../../ui/Hidden.tsx'

const BUBBLES = ['in 62', 'in 44', 'out 56', 'in 70', 'out 38', 'out 64']

/** The shape of a conversation while it is on its way. */
export function Skeleton({ label }: { label: string }): JSX.Element {
  return (
    <div class="skeleton" role="status" data-testid="skeleton">
      <Hidden>{label}</Hidden>
      {BUBBLES.map((bubble) => {
        const [side, width] = bubble.split(' ')
        return <div key={bubble} class={`skeleton-bubble skeleton-${side}`} style={{ inlineSize: `${width}%` }} />
      })}
    </div>
  )
}
