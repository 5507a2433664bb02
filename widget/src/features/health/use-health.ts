import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import type { NumberHealth, Overview } from '../../../../contract/index.ts'
import type { Health } from '../../state/health.ts'
import { createHealth } from '../../state/health.ts'
import type { ApiFailure, ApiResult } from '../../state/settings/settings.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { withNumber, worstFirst } from './health.model.ts'

const AGAIN_MS = 60_000

export type HealthFacts = {
  health: Health
  overview: Overview | null
  failure: ApiFailure | null
  reload: () => void
  /** One number's newer facts. */
  put: (number: NumberHealth) => void
}

/** The overview, read again every minute while it is shown; what is shown stays while a read fails. */
export function useHealth(): HealthFacts {
  const settings = useSettings()
  const health = useMemo(() => createHealth(settings), [settings])
  const [overview, setOverview] = useState<Overview | null>(null)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [round, setRound] = useState(0)
  const minute = Math.floor(settings.clock.now.value / AGAIN_MS)
  useEffect(() => {
    let isOver = false
    void health.overview().then((answer: ApiResult<Overview>) => {
      if (isOver) return
      setFailure(answer.ok ? null : answer.error)
      if (answer.ok) setOverview({ ...answer.value, numbers: worstFirst(answer.value.numbers) })
    })
    return () => {
      isOver = true
    }
  }, [health, round, minute])
  const put = useCallback(
    (number: NumberHealth) =>
      setOverview((held) => (held === null ? null : { ...held, numbers: withNumber(held.numbers, number) })),
    [],
  )
  return { health, overview, failure, reload: useCallback(() => setRound((last) => last + 1), []), put }
}
