import type { JSX } from 'preact'
import type { MessageView } from '../../../../contract/index.ts'
import { usePane } from '../../state/pane.ts'
import { useRowTabIndex } from '../../ui/tab-index.ts'

/** The earlier texts of an edited message, folded away. */
export function Versions({ versions }: { versions: NonNullable<MessageView['versions']> }): JSX.Element {
  const { words, dates } = usePane()
  const tabIndex = useRowTabIndex()
  return (
    <details class="versions" data-testid="versions">
      <summary tabIndex={tabIndex}>{words.t('message.versions', { count: versions.length })}</summary>
      <ol>
        {versions.map(({ text, at }, index) => (
          <li key={index}>
            <span class="quiet">{dates.full(at)}</span>
            <span dir="auto">{text.toWellFormed()}</span>
          </li>
        ))}
      </ol>
    </details>
  )
}
