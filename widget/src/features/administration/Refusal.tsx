import type { JSX } from 'preact'
import type { ApiFailure } from '../../state/settings/settings.ts'
import { useSettings } from '../../state/settings/settings.ts'
import { Note } from '../../ui/Note.tsx'
import { refusalWord } from '../setup/failure.model.ts'

/** Why a call was not done, where no more than a sentence is to be said about it. */
export function Refusal({ failure }: { failure: ApiFailure | null }): JSX.Element | null {
  const { words } = useSettings()
  if (failure === null) return null
  const word = refusalWord(failure)
  return (
    <Note tone="danger" testId="note" kind={failure.code === '' ? failure.kind : failure.code} isAlert>
      <p>{word === null ? failure.message : words.t(word)}</p>
    </Note>
  )
}
