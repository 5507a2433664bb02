import type { JSX, RefObject, TargetedKeyboardEvent } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import { usePane } from '../../state/pane.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { canSend, countOf, isSendKey, MAX_CHARACTERS, markOfKey, toggleMark } from './composer.model.ts'
import { ReplyStrip } from './ReplyStrip.tsx'

/** As high as its text, up to six lines (the style sheet's `max-height`). */
function useGrowing(input: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const box = input.current
    if (box === null) return
    box.style.blockSize = 'auto'
    box.style.blockSize = `${box.scrollHeight + 2}px`
  }, [input, text])
}

function CountLine({ text }: { text: string }): JSX.Element {
  const { words, dates, drafts } = usePane()
  const { characters, over, tone } = countOf(text)
  return (
    <div class="hints">
      <span class="hint-enter">{words.t('composer.enter')}</span>
      {drafts.isLasting ? null : <span data-testid="draft-in-memory">{words.t('composer.notKept')}</span>}
      <span class={`count count-${tone}`} id="composer-count" data-testid="count">
        {over > 0
          ? words.t('composer.over', { over })
          : words.t('composer.count', { count: dates.number(characters), max: dates.number(MAX_CHARACTERS) })}
      </span>
    </div>
  )
}

/** The box for the answer. */
export function TextBox({ input }: { input: RefObject<HTMLTextAreaElement | null> }): JSX.Element {
  const { words, drafts, presence, send } = usePane()
  const { text } = drafts.current.value
  const isReady = canSend(text)
  useGrowing(input, text)

  function submit(): void {
    if (isReady) send()
    input.current?.focus()
  }

  function scrollThread(key: string): boolean {
    const feed = document.querySelector<HTMLElement>('[role="feed"]')
    if (text !== '' || feed === null || (key !== 'PageUp' && key !== 'PageDown')) return false
    feed.scrollBy({ top: (key === 'PageUp' ? -0.9 : 0.9) * feed.clientHeight })
    return true
  }

  function onKeyDown(event: TargetedKeyboardEvent<HTMLTextAreaElement>): void {
    const box = event.currentTarget
    const mark = markOfKey(event)
    if (isSendKey(event)) {
      event.preventDefault()
      submit()
    } else if (mark !== null) {
      event.preventDefault()
      const edited = toggleMark(box.value, box.selectionStart, box.selectionEnd, mark)
      box.value = edited.text
      box.setSelectionRange(edited.start, edited.end)
      drafts.write(edited.text)
    } else if (scrollThread(event.key)) event.preventDefault()
    else if (event.key === 'Escape' && drafts.current.peek().replyTo !== undefined) drafts.replyTo(undefined)
  }

  return (
    <>
      <ReplyStrip />
      <div class="box">
        <textarea
          ref={input}
          class="input"
          rows={1}
          dir="auto"
          placeholder={words.t('composer.placeholder')}
          aria-label={words.t('composer.label')}
          aria-describedby="composer-count"
          aria-invalid={countOf(text).over > 0}
          data-testid="composer-input"
          value={text}
          onInput={(event) => {
            drafts.write(event.currentTarget.value)
            presence.typed()
          }}
          onKeyDown={onKeyDown}
        />
        <IconButton
          icon="send"
          class="send-button"
          label={words.t('action.send')}
          isDisabled={!isReady}
          testId="send"
          onClick={submit}
        />
      </div>
      <CountLine text={text} />
    </>
  )
}
