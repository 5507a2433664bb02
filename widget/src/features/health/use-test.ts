import { useCallback, useEffect, useState } from 'preact/hooks'
import type { PhoneNumberId, WholeWayTest } from '../../../../contract/index.ts'
import type { Health } from '../../state/health.ts'
import type { ApiFailure } from '../../state/settings/settings.ts'
import { isUnderWay } from './health.model.ts'

const LOOK_MS = 1_500

export type RunningTest = { test: WholeWayTest | null; failure: ApiFailure | null; isBusy: boolean; start: () => void }

/** Starts a test and looks at it until it is over. A look that fails is repeated, and says so meanwhile. */
export function useTest(health: Health, phoneNumberId: PhoneNumberId): RunningTest {
  const [test, setTest] = useState<WholeWayTest | null>(null)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [isBusy, setIsBusy] = useState(false)

  const start = useCallback(() => {
    setIsBusy(true)
    void health.startTest(phoneNumberId).then((answer) => {
      setIsBusy(false)
      setFailure(answer.ok ? null : answer.error)
      setTest(answer.ok ? answer.value : null)
    })
  }, [health, phoneNumberId])

  const followed = test !== null && isUnderWay(test) ? test.id : null
  useEffect(() => {
    if (followed === null) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    const look = (): void => {
      timer = setTimeout(() => {
        void health.lookAtTest(followed).then((answer) => {
          if (isOver) return
          setFailure(answer.ok ? null : answer.error)
          if (answer.ok) setTest(answer.value)
          look()
        })
      }, LOOK_MS)
    }
    look()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [followed, health])

  return { test, failure, isBusy, start }
}
