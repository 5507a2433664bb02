import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { MessageView, SendMessageAnswer, SendMessageBody } from '../../../contract/index.ts'
import type { ApiFailure, ApiResult } from '../api/http.ts'
import { fail, ok } from '../result.ts'
import { CONVERSATION_ID, message, refusal, unreachable } from '../../test/fixtures.ts'
import { createCupboard } from '../../test/cupboard.ts'
import { createOutbox } from './outbox.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

type Answer = ApiResult<SendMessageAnswer>

function world(answers: Answer[], shelf = createCupboard()) {
  const calls: SendMessageBody[] = []
  const sent: MessageView[] = []
  const back: { texts: string[]; failure: ApiFailure }[] = []
  const facts = { isOnline: true, id: 0 }
  const outbox = createOutbox({
    client: {
      send: async (_id, body) => {
        calls.push(body)
        return answers.shift() ?? ok({ message: message(calls.length, { direction: 'out' }) })
      },
    },
    cupboard: shelf,
    owner: '6:7',
    now: () => 1_000 + facts.id,
    isOnline: () => facts.isOnline,
    newId: () => `w-00000000-${++facts.id}`,
    onSent: (view) => sent.push(view),
    onRefused: (entries, failure) => back.push({ texts: entries.map(({ text }) => text), failure }),
  })
  const add = (text: string): void => outbox.add({ conversationId: CONVERSATION_ID, ticketId: '301', text })
  const waiting = (): string[] => outbox.waiting.value.map(({ text }) => text)
  return { outbox, calls, sent, back, facts, add, waiting, shelf }
}

const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0)

describe('an intent', () => {
  it('goes out in order, one after the other', async () => {
    const { add, calls, waiting, sent } = world([])
    add('one')
    add('two')
    expect(waiting()).toEqual(['one', 'two'])
    await settled()
    expect(calls.map(({ text }) => text)).toEqual(['one', 'two'])
    expect([waiting(), sent.length]).toEqual([[], 2])
  })

  it('is repeated under the same client id when its answer was lost', async () => {
    const { add, calls, waiting } = world([fail(unreachable), fail(refusal(502, ''))])
    add('one')
    await settled()
    expect(waiting()).toEqual(['one'])
    await vi.advanceTimersByTimeAsync(1_000)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(calls).toHaveLength(3)
    expect(new Set(calls.map(({ clientId }) => clientId)).size).toBe(1)
    expect(waiting()).toEqual([])
  })

  it('waits while there is no network, and goes when it is back', async () => {
    const { add, calls, facts, outbox } = world([])
    facts.isOnline = false
    add('one')
    await settled()
    expect(calls).toEqual([])
    facts.isOnline = true
    outbox.flush()
    await settled()
    expect(calls).toHaveLength(1)
  })

  it('survives the page', async () => {
    const first = world([])
    first.facts.isOnline = false
    first.add('one')
    const [before] = first.outbox.waiting.value
    const second = world([], first.shelf)
    expect(second.waiting()).toEqual(['one'])
    second.outbox.flush()
    await settled()
    expect(second.calls[0]?.clientId).toBe(before?.clientId)
    expect(world([], first.shelf).waiting()).toEqual([])
  })

  it('of another tab is not written away', async () => {
    const first = world([])
    const second = world([], first.shelf)
    first.facts.isOnline = second.facts.isOnline = false
    first.add('from the first')
    second.facts.id = 10
    second.add('from the second')
    expect(world([], first.shelf).waiting()).toEqual(['from the first', 'from the second'])
  })
})

describe('a refusal', () => {
  it('of the conversation gives all its texts back at once', async () => {
    const failure = refusal(409, 'messages.window_closed')
    const { add, back, calls, waiting } = world([fail(failure)])
    add('one')
    add('two')
    await settled()
    expect(back).toEqual([{ texts: ['one', 'two'], failure }])
    expect([calls.length, waiting()]).toEqual([1, []])
  })

  it('of one text lets the others go on', async () => {
    const { add, back, calls } = world([fail(refusal(422, 'messages.text_too_long'))])
    add('one')
    add('two')
    await settled()
    expect(back.map(({ texts }) => texts)).toEqual([['one']])
    expect(calls.map(({ text }) => text)).toEqual(['one', 'two'])
  })
})

it('passes over what somebody else put under its key', () => {
  const shelf = createCupboard()
  shelf.write('kaiwa:outbox:6:7', [{ nonsense: true }])
  expect(world([], shelf).waiting()).toEqual([])
})
