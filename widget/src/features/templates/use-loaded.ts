import { useCallback, useEffect, useState } from 'preact/hooks'
import type { ApiFailure, ApiResult } from '../../api/http.ts'

export type Loaded<T> = { value: T | null; failure: ApiFailure | null; again: () => void }

/** Reads once per `load`; an answer that comes after another question was asked is dropped. */
export function useLoaded<T>(load: () => Promise<ApiResult<T>>): Loaded<T> {
  const [value, setValue] = useState<T | null>(null)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [round, setRound] = useState(0)
  useEffect(() => {
    let isOver = false
    setFailure(null)
    setValue(null)
    void load().then((answer) => {
      if (isOver) return
      if (answer.ok) setValue(answer.value)
      else setFailure(answer.error)
    })
    return () => {
      isOver = true
    }
  }, [load, round])
  return { value, failure, again: useCallback(() => setRound((last) => last + 1), []) }
}
