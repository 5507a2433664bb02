import type { JSX } from 'preact'
import type { ApiFailure } from '../../state/pane.ts'
import type { Problem } from '../../state/session.model.ts'
import { problemOf } from '../../state/session.model.ts'
import type { WordKey, Words } from '../../state/words.ts'
import { Button } from '../../ui/Button.tsx'
import type { IconName } from '../../ui/Icon.tsx'
import { Panel } from '../../ui/Panel.tsx'

const ICONS: Partial<Record<Problem, IconName>> = { unreachable: 'unplugged', agent: 'person', not_visible: 'eye' }

function technical({ status, code, message, requestId }: ApiFailure): string {
  return [code, status === 0 ? '' : `HTTP ${status}`, message, requestId ?? '']
    .filter((part) => part !== '')
    .join(' · ')
}

export type ErrorPanelProps = { words: Words; failure: ApiFailure; onRetry: () => void; isPart?: boolean }

/** Why there is no conversation to see: what happened, who repairs it, and a way to try again. */
export function ErrorPanel({ words, failure, onRetry, isPart = false }: ErrorPanelProps): JSX.Element {
  const problem = problemOf(failure)
  const title: WordKey = `problem.${problem}.title`
  const text: WordKey = `problem.${problem}.text`
  return (
    <Panel
      icon={ICONS[problem] ?? 'alert'}
      title={words.t(title)}
      isAlert
      isPart={isPart}
      testId={`problem-${problem}`}
      action={
        <Button isPrimary onClick={onRetry} testId="try-again">
          {words.t('action.tryAgain')}
        </Button>
      }
      details={{ label: words.t('action.details'), text: technical(failure) }}
    >
      <p>{words.t(text)}</p>
    </Panel>
  )
}
