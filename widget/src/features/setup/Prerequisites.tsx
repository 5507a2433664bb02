import type { JSX } from 'preact'
import type { SetupView } from '../../../../contract/index.ts'
import { useSettings } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'
import { Hidden } from '../../ui/Hidden.tsx'
import { COMMERCE_POLICY, META_SECURITY, TERMS } from './links.model.ts'
import { Mark } from './Mark.tsx'

type Item = { word: WordKey; hint: WordKey; isDone: boolean | null; link?: string }

/** `isDone` null: nobody but the person can know. */
function itemsOf(setup: SetupView): Item[] {
  const verified = setup.accounts.some(({ businessVerification }) => businessVerification === 'verified')
  return [
    {
      word: 'setup.need.business',
      hint: 'setup.need.businessHint',
      isDone: setup.accounts.length > 0 ? true : null,
      link: 'https://business.facebook.com/overview',
    },
    {
      word: 'setup.need.number',
      hint: 'setup.need.numberHint',
      isDone: setup.numbers.some(({ isVerified }) => isVerified) ? true : null,
    },
    {
      word: 'setup.need.verification',
      hint: 'setup.need.verificationHint',
      isDone: verified ? true : null,
      link: META_SECURITY,
    },
    { word: 'setup.need.browser', hint: 'setup.need.browserHint', isDone: null },
  ]
}

/** What one needs before beginning: what can be checked is ticked, all else is explained. */
export function Prerequisites({ setup, isOpen }: { setup: SetupView; isOpen: boolean }): JSX.Element {
  const { words } = useSettings()
  return (
    <details class="needs card" open={isOpen} data-testid="prerequisites">
      <summary>
        <h2>{words.t('setup.need.title')}</h2>
      </summary>
      <ul>
        {itemsOf(setup).map(({ word, hint, isDone, link }) => (
          <li key={word} class={isDone === true ? 'need need-done' : 'need'}>
            <Mark isDone={isDone} />
            <div>
              <p>
                {words.t(word)} {isDone === true ? <Hidden>{words.t('setup.step.done')}</Hidden> : null}
              </p>
              <p class="quiet">
                {words.t(hint)}{' '}
                {link === undefined ? null : (
                  <a href={link} target="_blank" rel="noopener noreferrer">
                    {words.t('setup.need.open')}
                  </a>
                )}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <p class="quiet">
        {words.t('setup.need.rules')}{' '}
        <a href={TERMS} target="_blank" rel="noopener noreferrer">
          {words.t('setup.need.terms')}
        </a>
        {' · '}
        <a href={COMMERCE_POLICY} target="_blank" rel="noopener noreferrer">
          {words.t('setup.need.commerce')}
        </a>
      </p>
    </details>
  )
}
