import type { JSX } from 'preact'

export type MeterProps = {
  label: string
  /** How much is used, in words: "7 of 10". */
  text: string
  used: number
  limit: number
  tone: 'good' | 'warning' | 'danger' | 'quiet'
  testId?: string
}

/** A limit and how much of it is used. The words say the same as the bar. */
export function Meter({ label, text, used, limit, tone, testId }: MeterProps): JSX.Element {
  const share = limit === 0 ? 1 : Math.min(1, used / limit)
  return (
    <div class={`meter meter-${tone}`} data-testid={testId}>
      <span class="meter-label">{label}</span>
      <span class="meter-text">{text}</span>
      <div
        class="meter-track"
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={Math.min(used, limit)}
        aria-valuetext={text}
      >
        <div class="meter-fill" style={{ inlineSize: `${share * 100}%` }} />
      </div>
    </div>
  )
}
