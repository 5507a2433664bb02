import { useEffect, useState } from 'preact/hooks'
import { useSettings } from '../../state/settings/settings.ts'

const SECOND_MS = 1_000

/** Whole seconds until an instant in the Worker's time; 0 once it has come, or without one. */
export function useCountdown(until: string | null): number {
  const { clock } = useSettings()
  const [, setTick] = useState(0)
  const left = until === null ? 0 : Math.max(0, Math.ceil((Date.parse(until) - clock.read()) / SECOND_MS))
  const isCounting = left > 0
  useEffect(() => {
    if (!isCounting) return undefined
    const timer = setInterval(() => setTick((tick) => tick + 1), SECOND_MS)
    return () => clearInterval(timer)
  }, [isCounting, until])
  return left
}
