import type { JSX } from 'preact'
import { encode } from 'uqr'

/** One path of 1 × 1 squares; readers want four modules of quiet around it. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  return rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
}

/** A code to scan. Always dark on light: cameras do not read the other way round. */
export function Qr({ text, label }: { text: string; label: string }): JSX.Element {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} data-testid="qr">
      <path d={pathOf(data)} />
    </svg>
  )
}
