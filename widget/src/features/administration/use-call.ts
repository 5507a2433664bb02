import { useState } from 'preact/hooks'
import type { ApiFailure } from '../../state/settings/settings.ts'

export type Call = {
  isBusy: boolean
  failure: ApiFailure | null
  /** Runs one call; what was wrong with the last one is forgotten. Resolves to whether it was done. */
  run(call: () => Promise<ApiFailure | null>): Promise<boolean>
  clear(): void
}

/** One call at a time, and why the last one was refused. */
export function useCall(): Call {
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  return {
    isBusy,
    failure,
    async run(call) {
      setIsBusy(true)
      setFailure(null)
      const outcome = await call()
      setIsBusy(false)
      setFailure(outcome)
      return outcome === null
    },
    clear: () => setFailure(null),
  }
}
