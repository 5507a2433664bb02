import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Changes, LiveTicket, Presence } from '../../../contract/index.ts'
import type { ApiFailure, ApiResult } from '../api/http.ts'
import { parseJson } from '../json.ts'
import { fail, ok } from '../result.ts'
import type { FakeSocket } from '../../test/fake-socket.ts'
import { createFakeSocket } from '../../test/fake-socket.ts'
import { changes, CONVERSATION_ID, message, refusal, unreachable } from '../../test/fixtures.ts'
import { createClock } from './clock.ts'
import { blockedAfter, pollDelayMs, pollStretchMs, retryDelayMs, shouldPoll } from './live.model.ts'
import { createLive } from './live.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function world() {
  const sockets: FakeSocket[] = []
  const facts: { held: number; isOnline: boolean; outcome: 'applied' | 'gap' | 'partial' } = {
    held: 5,
    isOnline: true,
    outcome: 'applied',
  }
  const seen: { presence: Presence[]; anew: number; refused: ApiFailure[]; polls: number[] } = {
    presence: [],
    anew: 0,
    refused: [],
    polls: [],
  }
  const answers: { ticket: ApiResult<LiveTicket>; changes: ApiResult<Changes> } = {
    ticket: ok({ ticket: 't', expiresAt: '2026-11-22T12:00:00.000Z', url: 'wss://x' }),
    changes: ok(changes([message(9)], { since: 5 })),
  }
  const live = createLive({
    client: {
      liveTicket: async () => answers.ticket,
      changes: async (_id, after) => {
        seen.polls.push(after)
        return answers.changes
      },
    },
    openSocket: (url) => {
      const socket = createFakeSocket(url)
      sockets.push(socket)
      return socket
    },
    clock: createClock(),
    heldChange: () => facts.held,
    onChanges: () => facts.outcome,
    onPresence: (presence) => seen.presence.push(presence),
    onAnew: async () => {
      seen.anew++
    },
    onRefused: (failure) => seen.refused.push(failure),
    isOnline: () => facts.isOnline,
    isVisible: () => true,
  })
  const last = (): FakeSocket => {
    const socket = sockets.at(-1)
    if (socket === undefined) throw new Error('no socket yet')
    return socket
  }
  return { live, sockets, last, facts, seen, answers }
}

const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0)

describe('a followed conversation', () => {
  it('resumes from what is held, and says that somebody looks', async () => {
    const { live, last } = world()
    live.follow(CONVERSATION_ID)
    await settled()
    last().opens()
    expect(last().sent.map(parseJson)).toEqual([
      { type: 'resume', after: 5 },
      { type: 'presence', state: 'viewing' },
    ])
    expect(live.state.value).toBe('live')
    live.stop()
  })

  it('resumes again after the socket dropped, from where it is then', async () => {
    const { live, last, facts, sockets } = world()
    live.follow(CONVERSATION_ID)
    await settled()
    last().opens()
    facts.held = 8
    last().ends(1006)
    await settled()
    expect(live.state.value).toBe('lost')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(sockets).toHaveLength(2)
    last().opens()
    expect(last().sent[0]).toBe('{"type":"resume","after":8}')
    live.stop()
  })

  it('asks for a gap, and reads all anew when that does not close it', async () => {
    const { live, last, facts, seen } = world()
    live.follow(CONVERSATION_ID)
    await settled()
    last().opens()
    facts.outcome = 'gap'
    last().says({ type: 'changes', ...changes([message(9)], { since: 7 }) })
    expect(last().sent.filter((text) => text.includes('resume'))).toHaveLength(2)
    for (let n = 0; n < 4; n++) last().says({ type: 'changes', ...changes([message(9)], { since: 7 }) })
    expect(seen.anew).toBe(1)
    live.stop()
  })

  it('reads all anew when there is more than an answer carries', async () => {
    const { live, last, facts, seen } = world()
    live.follow(CONVERSATION_ID)
    await settled()
    last().opens()
    facts.outcome = 'partial'
    last().says({ type: 'changes', ...changes([], { isPartial: true }) })
    expect(seen.anew).toBe(1)
    live.stop()
  })

  it('forgets who is there when the socket is gone', async () => {
    const { live, last, seen } = world()
    live.follow(CONVERSATION_ID)
    await settled()
    last().opens()
    last().says({ type: 'presence', agents: [{ id: '2', name: 'Ken', state: 'typing' }] })
    last().ends(1006)
    expect(seen.presence.map(({ agents }) => agents.length)).toEqual([1, 0])
    live.stop()
  })

  it('is left for another one without a trace', async () => {
    const { live, sockets } = world()
    live.follow(CONVERSATION_ID)
    await settled()
    sockets[0]?.opens()
    live.follow(CONVERSATION_ID)
    await settled()
    expect([sockets.length, sockets[0]?.isClosed]).toEqual([2, true])
    live.stop()
    expect(sockets[1]?.isClosed).toBe(true)
  })
})

describe('where sockets are blocked', () => {
  it('asks every few seconds after two that never opened, and tries a socket again later', async () => {
    const { live, sockets, seen } = world()
    live.follow(CONVERSATION_ID)
    await settled()
    sockets[0]?.ends(1006)
    await vi.advanceTimersByTimeAsync(1_000)
    sockets[1]?.ends(1006)
    await settled()
    expect([live.state.value, seen.polls]).toEqual(['polling', [5]])
    await vi.advanceTimersByTimeAsync(9_000)
    expect(seen.polls).toHaveLength(4)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(sockets).toHaveLength(3)
    live.stop()
  })

  it('says that the Worker is away when questions fail too, and asks at once when woken', async () => {
    const { live, sockets, seen, answers } = world()
    answers.changes = fail(unreachable)
    live.follow(CONVERSATION_ID)
    await settled()
    sockets[0]?.ends(1006)
    await vi.advanceTimersByTimeAsync(1_000)
    sockets[1]?.ends(1006)
    await settled()
    expect(live.state.value).toBe('lost')
    live.wake()
    await settled()
    expect(seen.polls).toHaveLength(2)
    live.stop()
  })
})

describe('an outage', () => {
  it('in which no ticket could be had is no network that blocks sockets', async () => {
    const { live, sockets, seen, answers, last } = world()
    live.follow(CONVERSATION_ID)
    await settled()
    last().opens()
    const ticket = answers.ticket
    answers.ticket = fail(unreachable)
    last().ends(1006)
    await vi.advanceTimersByTimeAsync(20_000)
    expect([live.state.value, seen.polls.length, sockets.length]).toEqual(['lost', 0, 1])
    answers.ticket = ticket
    await vi.advanceTimersByTimeAsync(15_000)
    last().opens()
    expect([live.state.value, sockets.length]).toEqual(['live', 2])
    live.stop()
  })

  it('that is over is followed by a socket at once, also where the pane was asking at intervals', async () => {
    const { live, sockets, answers } = world()
    const changesBefore = answers.changes
    answers.changes = fail(unreachable)
    live.follow(CONVERSATION_ID)
    await settled()
    sockets[0]?.ends(1006)
    await vi.advanceTimersByTimeAsync(1_000)
    sockets[1]?.ends(1006)
    await settled()
    answers.changes = changesBefore
    await vi.advanceTimersByTimeAsync(3_000)
    expect([live.state.value, sockets.length]).toEqual(['lost', 3])
    live.stop()
  })
})

it('waits for the network and goes on when it is back', async () => {
  const { live, sockets, facts } = world()
  facts.isOnline = false
  live.follow(CONVERSATION_ID)
  await settled()
  expect([live.state.value, sockets.length]).toEqual(['offline', 0])
  facts.isOnline = true
  live.wake()
  await settled()
  expect(sockets).toHaveLength(1)
  live.stop()
})

it('stops when the Worker refuses the conversation', async () => {
  const { live, seen, sockets, answers } = world()
  answers.ticket = fail(refusal(403, 'tickets.not_visible'))
  live.follow(CONVERSATION_ID)
  await vi.advanceTimersByTimeAsync(60_000)
  expect([seen.refused.length, sockets.length]).toEqual([1, 0])
})

describe('waiting', () => {
  it('grows from half a second to fifteen, never all at once', () => {
    expect([1, 2, 3, 10].map((failures) => retryDelayMs(failures, 1))).toEqual([500, 1_000, 2_000, 15_000])
    expect(retryDelayMs(1, 0)).toBe(250)
  })

  it('counts sockets that were refused, not calls that failed', () => {
    expect([blockedAfter(1, 'blocked'), blockedAfter(1, 'unreachable'), blockedAfter(1, 'opened')]).toEqual([2, 1, 0])
    expect([2, 3, 4, 9].map(pollStretchMs)).toEqual([15_000, 30_000, 60_000, 60_000])
  })

  it('polls after the second socket that never opened, seldom while nobody looks', () => {
    expect([0, 1, 2].map(shouldPoll)).toEqual([false, false, true])
    expect(pollDelayMs(false)).toBeGreaterThan(pollDelayMs(true))
  })
})
