import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { runsLike } from '../../state/locale.model.ts'
import { usePane } from '../../state/pane.ts'
import { useRowTabIndex } from '../../ui/tab-index.ts'
import { isInvisible, isOnlyEmoji, parseFormat } from './format.model.ts'
import { Formatted } from './Formatted.tsx'

const LONG_CHARACTERS = 1_200
const LONG_LINES = 20

const isLong = (text: string): boolean => text.length > LONG_CHARACTERS || text.split('\n').length > LONG_LINES

/** What somebody wrote, formatted as WhatsApp formats it. Long texts are folded by style alone, so search finds them whole. */
export function MessageText({ text }: { text: string }): JSX.Element {
  const { words } = usePane()
  const tabIndex = useRowTabIndex()
  const [isOpen, setIsOpen] = useState(false)
  const nodes = useMemo(() => parseFormat(text), [text])
  if (isInvisible(text)) return <p class="placeholder">{words.t('message.invisible')}</p>
  const canFold = isLong(text)
  const isEmoji = isOnlyEmoji(text)
  const isInline = !canFold && !isEmoji && runsLike(text, words.direction)
  return (
    <>
      <div
        class={`text ${isEmoji ? 'text-emoji' : ''} ${isInline ? 'text-inline' : ''} ${canFold && !isOpen ? 'text-folded' : ''}`}
        dir="auto"
      >
        <Formatted nodes={nodes} />
      </div>
      {canFold ? (
        <button
          type="button"
          class="link-button"
          tabIndex={tabIndex}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {words.t(isOpen ? 'message.less' : 'message.more')}
        </button>
      ) : null}
    </>
  )
}
