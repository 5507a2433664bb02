import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { usePane } from '../../state/pane.ts'
import type { WordKey } from '../../state/words.ts'
import dialogStyle from '../../styles/dialog.css?inline'
import { IconButton } from '../../ui/IconButton.tsx'
import { wear } from '../../ui/wear.ts'

wear(dialogStyle)

const SHORTCUTS: [keys: string[], word: WordKey][] = [
  [['Enter'], 'shortcuts.send'],
  [['Shift', 'Enter'], 'shortcuts.newLine'],
  [['Ctrl', 'B'], 'shortcuts.bold'],
  [['Ctrl', 'I'], 'shortcuts.italic'],
  [['Ctrl', 'Shift', 'X'], 'shortcuts.strike'],
  [['PageUp', 'PageDown'], 'shortcuts.scroll'],
  [['↑', '↓'], 'shortcuts.messages'],
  [['Home', 'End'], 'shortcuts.ends'],
  [['R'], 'shortcuts.reply'],
  [['Esc'], 'shortcuts.back'],
  [['?'], 'shortcuts.show'],
]

export type ShortcutsProps = { onClose: () => void }

/** What the keys do. A native dialog: it holds the focus, closes with Escape and gives the focus back. */
export function Shortcuts({ onClose }: ShortcutsProps): JSX.Element {
  const { words } = usePane()
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="shortcuts-title" data-testid="shortcuts" onClose={onClose}>
      <div class="dialog-head">
        <h2 id="shortcuts-title">{words.t('shortcuts.title')}</h2>
        <IconButton icon="close" label={words.t('action.close')} onClick={() => dialog.current?.close()} />
      </div>
      <dl class="keys">
        {SHORTCUTS.map(([keys, word]) => (
          <div key={word}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{words.t(word)}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  )
}
