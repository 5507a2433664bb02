import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { usePane } from '../../state/pane.ts'
import { Bar } from '../../ui/Bar.tsx'
import { deskHint } from './bars.model.ts'

/** True once `isOn` has lasted for `ms`: what ends by itself in a moment is not worth a line. */
function useLasting(isOn: boolean, ms: number): boolean {
  const [hasLasted, setHasLasted] = useState(false)
  useEffect(() => {
    if (!isOn) {
      setHasLasted(false)
      return undefined
    }
    const timer = setTimeout(() => setHasLasted(true), ms)
    return () => clearTimeout(timer)
  }, [isOn, ms])
  return isOn && hasLasted
}

const LOST_MS = 4_000
const JOINING_MS = 20_000

function ConnectionBar(): JSX.Element | null {
  const { words, isOnline, connection } = usePane()
  const isLost = useLasting(isOnline.value && connection.value === 'lost', LOST_MS)
  if (!isOnline.value) {
    return (
      <Bar icon="unplugged" tone="warning" testId="offline" isSpoken>
        {words.t('bar.offline')}
      </Bar>
    )
  }
  if (isLost) {
    return (
      <Bar icon="refresh" tone="warning" testId="connection-lost" isSpoken>
        {words.t('bar.lost')}
      </Bar>
    )
  }
  return connection.value === 'polling' ? (
    <Bar icon="refresh" tone="quiet" testId="polling">
      {words.t('bar.polling')}
    </Bar>
  ) : null
}

function DeskBar(): JSX.Element | null {
  const { words, ticket } = usePane()
  const desk = ticket.conversation.value?.desk
  const isJoining = desk?.state === 'waiting' && desk.reason === undefined
  const hasJoinedLong = useLasting(isJoining, JOINING_MS)
  if (desk === undefined || desk.state === 'done' || (isJoining && !hasJoinedLong)) return null
  const isBlocked = desk.state === 'blocked'
  return (
    <Bar icon={isBlocked ? 'alert' : 'clock'} tone={isBlocked ? 'danger' : 'quiet'} testId="desk-hint">
      {words.t(deskHint(desk))}
    </Bar>
  )
}

function OlderTicketBar(): JSX.Element | null {
  const { words, ticket, openTicket } = usePane()
  const current = ticket.conversation.value?.ticket
  if (ticket.isCurrent.value || current === undefined) return null
  return (
    <Bar
      icon="ticket"
      tone="quiet"
      testId="older-ticket"
      action={
        <button type="button" class="link-button" onClick={() => openTicket(current.id)}>
          {words.t('action.openTicket', { number: current.number })}
        </button>
      }
    >
      {words.t('bar.olderTicket', { number: current.number })}
    </Bar>
  )
}

/** How things stand, one line each, only while it is so. */
export function Bars(): JSX.Element {
  return (
    <>
      <ConnectionBar />
      <DeskBar />
      <OlderTicketBar />
    </>
  )
}
