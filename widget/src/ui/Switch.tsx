import type { JSX } from 'preact'

export type SwitchProps = {
  label: string
  isOn: boolean
  onToggle: () => void
  isBusy?: boolean
  testId?: string
}

/** On or off at once. Its label names what is switched; the state is told by itself. */
export function Switch({ label, isOn, onToggle, isBusy = false, testId }: SwitchProps): JSX.Element {
  return (
    <button
      type="button"
      role="switch"
      class="switch"
      aria-checked={isOn}
      aria-label={label}
      aria-busy={isBusy}
      aria-disabled={isBusy}
      data-testid={testId}
      onClick={() => {
        if (!isBusy) onToggle()
      }}
    >
      <span class="switch-knob" />
    </button>
  )
}
