import type { JSX } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { ProblemList } from '../../../../contract/index.ts'
import { createHealth } from '../../state/health.ts'
import { useSettings } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'
import { Bar } from '../../ui/Bar.tsx'

const AGAIN_MS = 60_000

/** What is wrong now, above every page; the way to its repair is the overview. */
export function ProblemsBanner(): JSX.Element | null {
  const settings = useSettings()
  const { words, clock, go } = settings
  const health = useMemo(() => createHealth(settings), [settings])
  const [problems, setProblems] = useState<ProblemList['items']>([])
  const minute = Math.floor(clock.now.value / AGAIN_MS)
  useEffect(() => {
    let isOver = false
    void health.problems().then((answer) => {
      if (!isOver && answer.ok) setProblems(answer.value.items)
    })
    return () => {
      isOver = true
    }
  }, [health, minute])
  const bad = problems.filter(({ level }) => level === 'bad')
  const [first] = bad
  if (first === undefined) return null
  const name: WordKey = `health.${first.key}`
  return (
    <Bar
      icon="alert"
      tone="danger"
      testId="problems"
      isSpoken
      action={
        <button type="button" class="link-button" data-testid="problems-look" onClick={() => go('overview')}>
          {words.t('health.look')}
        </button>
      }
    >
      {words.t('health.problem', { name: words.t(name), number: first.displayPhoneNumber })}
      {bad.length === 1 ? null : <> {words.t('health.more', { count: bad.length - 1 })}</>}
    </Bar>
  )
}
