import type { JSX } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { ProblemList } from '../../../../contract/index.ts'
import { createHealth } from '../../state/health.ts'
import { useSettings } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'
import { Icon } from '../../ui/Icon.tsx'
import type { Problem } from './health.model.ts'
import { badOnes, mendOf, valueOf } from './health.model.ts'

const AGAIN_MS = 60_000
/** So many are named at once; a page below must stay in sight. */
const SHOWN = 3

/** One problem: what it is, of which number, and the way to where it is mended. */
function Line({ problem }: { problem: Problem & { isShared: boolean } }): JSX.Element {
  const { words, go, navigation } = useSettings()
  const { key, channelName, displayPhoneNumber, phoneNumberId, isShared } = problem
  const name: WordKey = `health.${key}`
  const value = valueOf(problem)
  function mend(): void {
    const where = mendOf(problem)
    if (where === 'desk') go('numbers')
    else if (where === 'connect') navigation.openWizard({ kind: 'connect' })
    else if (where === 'name') go('numbers', phoneNumberId)
    else navigation.seek(phoneNumberId)
  }
  return (
    <li data-testid="problem" data-check={key}>
      <button type="button" class="link-button" data-testid="problem-mend" onClick={mend}>
        {words.t(name)}
        {value !== null && 'word' in value ? <>: {words.t(value.word)}</> : null}
      </button>
      {isShared ? null : (
        <span class="problem-where">
          <bdi>{channelName.toWellFormed()}</bdi> <bdi dir="ltr">{displayPhoneNumber}</bdi>
        </span>
      )}
    </li>
  )
}

/** What is wrong now, above every page: each by its name with the way to its repair. */
export function ProblemsBanner(): JSX.Element | null {
  const settings = useSettings()
  const { words, clock, setup } = settings
  const health = useMemo(() => createHealth(settings), [settings])
  const [problems, setProblems] = useState<ProblemList['items']>([])
  const [isOpen, setIsOpen] = useState(false)
  const minute = Math.floor(clock.now.value / AGAIN_MS)
  const known = setup.value
  useEffect(() => {
    let isOver = false
    void health.problems().then((answer) => {
      if (!isOver && answer.ok) setProblems(answer.value.items)
    })
    return () => {
      isOver = true
    }
    // Whoever mended something has had the set-up read again.
  }, [health, minute, known])
  const bad = badOnes(problems)
  if (bad.length === 0) return null
  const shown = isOpen ? bad : bad.slice(0, SHOWN)
  const more = bad.length - SHOWN
  return (
    <div class="bar bar-danger problems" data-testid="problems">
      <Icon name="alert" size={14} />
      <div class="bar-text">
        <p role="status" class="problems-count">
          {words.t('health.problems', { count: bad.length })}
        </p>
        <ul>
          {shown.map((problem) => (
            <Line key={`${problem.phoneNumberId} ${problem.key}`} problem={problem} />
          ))}
        </ul>
        {more <= 0 ? null : (
          <button
            type="button"
            class="link-button"
            aria-expanded={isOpen}
            data-testid="problems-more"
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen ? words.t('health.fewer') : words.t('health.more', { count: more })}
          </button>
        )}
      </div>
    </div>
  )
}
