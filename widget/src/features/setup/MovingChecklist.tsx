import type { JSX } from 'preact'
import type { AccountView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'
import { Mark } from './Mark.tsx'

type Line = { word: WordKey; isDone: boolean | null }

/** What Meta asks for when a number moves between accounts: what we can see is ticked, all else is to be asked for. */
export function MovingChecklist({ account }: { account: AccountView }): JSX.Element {
  const { words } = useSettings()
  const lines: Line[] = [
    { word: 'setup.moving.twoStep', isDone: null },
    { word: 'setup.moving.name', isDone: null },
    { word: 'setup.moving.verified', isDone: account.businessVerification === 'verified' },
    { word: 'setup.moving.reviewed', isDone: account.reviewStatus === 'approved' },
    { word: 'setup.moving.payment', isDone: account.payment === 'unknown' ? null : account.payment === 'present' },
  ]
  return (
    <div class="card" data-testid="moving-checklist">
      <p>{words.t('setup.moving.text')}</p>
      <ul class="checklist">
        {lines.map(({ word, isDone }) => (
          <li key={word} class={isDone === true ? 'need need-done' : isDone === false ? 'need need-open' : 'need'}>
            <Mark isDone={isDone} />
            <p>{words.t(word)}</p>
          </li>
        ))}
      </ul>
      <p class="quiet">{words.t('setup.moving.keeps')}</p>
    </div>
  )
}
