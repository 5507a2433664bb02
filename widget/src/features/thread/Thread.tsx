import type { JSX, RefObject } from 'preact'
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Virtualizer } from 'virtua'
import type { MessageId } from '../../../../contract/index.ts'
import { usePane } from '../../state/pane.ts'
import { FeedRow } from './FeedRow.tsx'
import { LoadingOlder } from './LoadingOlder.tsx'
import { NewerPill } from './NewerPill.tsx'
import type { Row } from './rows.model.ts'
import { buildRows } from './rows.model.ts'
import { useFeedFocus } from './use-feed-focus.ts'
import { useScroll } from './use-scroll.ts'

const FLASH_MS = 1_500
const BUFFER_PX = 400

function useRows(): Row[] {
  const { thread, outbox, ticket, dates, me } = usePane()
  const { messages, decisions, before, after } = thread.state.value
  const waiting = outbox.waiting.value
  const agent = me.value
  const conversationId = ticket.conversation.value?.id
  return useMemo(
    () =>
      buildRows({
        messages,
        decisions,
        waiting: waiting.filter((entry) => entry.conversationId === conversationId),
        hasOlder: before !== null,
        hasNewer: after !== null,
        me: agent,
        dayKey: dates.dayKey,
      }),
    [messages, decisions, before, after, waiting, conversationId, agent, dates],
  )
}

/** New messages that came while the reader was elsewhere. */
function useUnseen(isFollowing: RefObject<() => boolean>): { unseen: number; clear: () => void } {
  const { thread } = usePane()
  const [unseen, setUnseen] = useState(0)
  useEffect(
    () =>
      thread.onArrivals((messages) => {
        if (!isFollowing.current() || thread.state.peek().after !== null) setUnseen((count) => count + messages.length)
      }),
    [thread, isFollowing],
  )
  return { unseen, clear: useCallback(() => setUnseen(0), []) }
}

/** The conversation: a feed of articles of which only those near the view are in the page. */
export function Thread({ onLeave }: { onLeave: () => void }): JSX.Element {
  const { words, thread, drafts, showEnd } = usePane()
  const rows = useRows()
  const feed = useRef<HTMLDivElement>(null)
  const following = useRef<() => boolean>(() => true)
  const { unseen, clear } = useUnseen(following)
  const [flashing, setFlashing] = useState<string | null>(null)
  const hasNewer = thread.state.value.after !== null

  const scroll = useScroll({
    feed,
    rows,
    placement: thread.placement.value,
    onNearStart: useCallback(() => {
      // After a failure only a person asks again: scrolling would ask sixty times a second.
      if (!thread.pageFailed.peek()) void thread.loadOlder()
    }, [thread]),
    onNearEnd: useCallback(() => {
      if (!thread.pageFailed.peek()) void thread.loadNewer()
    }, [thread]),
    onReachEnd: useCallback(() => {
      if (thread.state.peek().after === null) clear()
    }, [thread, clear]),
  })
  following.current = scroll.isFollowing

  const onReply = useCallback(
    (id: MessageId) => {
      drafts.replyTo(id)
      onLeave()
    },
    [drafts, onLeave],
  )

  const focus = useFeedFocus({
    feed,
    rows,
    scrollToRow: scroll.toRow,
    onReply: (row) => {
      if (row.kind === 'message' && row.message.id !== undefined && row.message.wamid !== undefined)
        onReply(row.message.id)
    },
    onLeave,
  })

  const onJump = (id: MessageId): void => {
    const index = rows.findIndex((row) => row.kind === 'message' && row.message.id === id)
    const key = rows[index]?.key
    if (key === undefined) return
    focus.focusRow(index)
    setFlashing(key)
    setTimeout(() => setFlashing(null), FLASH_MS)
  }

  const onNewest = (): void => {
    clear()
    if (hasNewer) void showEnd()
    else scroll.toEnd()
  }

  return (
    <div class="thread">
      <LoadingOlder />
      {unseen > 0 || hasNewer || scroll.isFar ? <NewerPill count={unseen} onPress={onNewest} /> : null}
      <div
        ref={feed}
        class={scroll.isPlaced ? 'feed' : 'feed feed-placing'}
        role="feed"
        aria-label={words.t('thread.label')}
        aria-busy={thread.isLoadingOlder.value}
        data-testid="thread"
        onFocusIn={focus.onFocusIn}
        onKeyDown={focus.onKeyDown}
      >
        <div class="feed-spacer" />
        <Virtualizer
          ref={scroll.list}
          data={rows}
          shift={scroll.shift}
          bufferSize={BUFFER_PX}
          keepMounted={focus.active === -1 ? [] : [focus.active]}
          onScroll={scroll.onScroll}
          onScrollEnd={scroll.onScroll}
          onResize={scroll.onResize}
        >
          {(row: Row, index: number) => (
            <FeedRow
              key={row.key}
              row={row}
              position={index + 1}
              setSize={thread.state.value.before === null && !hasNewer ? rows.length : -1}
              isActive={index === focus.active}
              isFlashing={row.key === flashing}
              onJump={onJump}
              onReply={onReply}
            />
          )}
        </Virtualizer>
      </div>
    </div>
  )
}
