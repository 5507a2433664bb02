import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Sending } from '../../../../contract/index.ts'
import { usePane } from '../../state/pane.ts'
import { readSending } from '../../state/sending.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Held } from './Held.tsx'
import { limitOf, quotaWord } from './quota.model.ts'
import { wearTemplateStyles } from './wear-styles.ts'

wearTemplateStyles()

const AGAIN_MS = 5 * 60_000
/** Where nothing can be sent, somebody waits for that to end. */
const STOPPED_AGAIN_MS = 30_000

/** Asks when the conversation, what we sent in it or the reason of a refusal changes, and now and then. */
function useSending(): Sending | null {
  const { call, ticket, thread, clock, refusal, sending } = usePane()
  const id = ticket.conversation.value?.id
  const sent = thread.state.value.messages.findLast(({ direction }) => direction === 'out')
  const isStopped = sending.value !== null && sending.value.refusal !== null
  // What waits here changes when the channel goes on again.
  const waiting = isStopped ? thread.state.value.change : 0
  const again = Math.floor(clock.now.value / (isStopped ? STOPPED_AGAIN_MS : AGAIN_MS))
  useEffect(() => {
    sending.value = null
  }, [id, sending])
  useEffect(() => {
    if (id === undefined) return undefined
    let isOver = false
    void readSending(call, id).then((answer) => {
      if (!isOver && answer.ok) sending.value = answer.value
    })
    return () => {
      isOver = true
    }
  }, [call, id, sent?.id, again, waiting, refusal.value, sending])
  return sending.value
}

function Stopped({ facts }: { facts: Sending }): JSX.Element {
  const { words, dates, drafts } = usePane()
  const draft = drafts.current.value.text.trim()
  const { places, endsAt, refusal } = facts
  return (
    <div class="closed" role="status" data-testid="sending-stopped" data-refusal={refusal}>
      <p class="closed-title">{words.t('quota.title')}</p>
      <p>{words.t(quotaWord(refusal ?? '') ?? 'start.cannotSend')}</p>
      {places === undefined ? null : (
        <p>{words.t('places.used', { used: dates.number(places.used), limit: dates.number(places.limit) })}</p>
      )}
      {refusal === 'trial_expired' && endsAt !== null ? (
        <p>{words.t('channel.endedAt', { date: dates.full(endsAt) })}</p>
      ) : refusal === 'rejected' && endsAt !== null ? (
        <p>{words.t('channel.until', { date: dates.full(endsAt) })}</p>
      ) : null}
      {draft === '' ? null : (
        <p class="closed-draft" data-testid="kept-draft">
          <span>{words.t('closed.draft')}</span> <q dir="auto">{draft}</q>
        </p>
      )}
      <Held />
    </div>
  )
}

/** One line above the box: what an answer takes of a limit, or in place of the box why nothing can be sent. */
export function Limits(): JSX.Element | null {
  const { words, dates, clock } = usePane()
  const facts = useSending()
  const limit = facts === null ? null : limitOf(facts, clock.now.value)
  if (facts === null || limit === null) return null
  if (limit.kind === 'stopped') return <Stopped facts={facts} />
  return (
    <p class="limit-line" data-testid="limit">
      <Icon name="clock" size={12} />{' '}
      {limit.kind === 'ends'
        ? words.t('quota.ends', { date: dates.full(limit.endsAt) })
        : words.t('quota.place', {
            used: dates.number(limit.places.used),
            limit: dates.number(limit.places.limit),
          })}
    </p>
  )
}
