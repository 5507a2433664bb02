import { useState } from 'preact/hooks'
import type { ApiFailure, ApiResult } from '../../api/http.ts'

export type SendOnce = {
  isBusy: boolean
  failure: ApiFailure | null
  run<T>(call: Promise<ApiResult<T>>, onDone: (value: T) => void): void
}

/** One call at a time, and its refusal. */
export function useSendOnce(): SendOnce {
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  return {
    isBusy,
    failure,
    run(call, onDone) {
      setIsBusy(true)
      void call.then((answer) => {
        setIsBusy(false)
        setFailure(answer.ok ? null : answer.error)
        if (answer.ok) onDone(answer.value)
      })
    },
  }
}
