import { describe, expect, it } from 'vitest'
import type { MessagePage } from '../../../contract/index.ts'
import type { PageRequest } from '../api/client.ts'
import type { ApiResult } from '../api/http.ts'
import { fail, ok } from '../result.ts'
import { changes, CONVERSATION_ID, message, NOON, page, unreachable } from '../../test/fixtures.ts'
import { createThread } from './thread.ts'

/** A Worker whose pages are answered when the test says so. */
function worker() {
  const asked: PageRequest[] = []
  const waiting: ((answer: ApiResult<MessagePage>) => void)[] = []
  const client = {
    messages: (_id: string, request: PageRequest) => {
      asked.push(request)
      return new Promise<ApiResult<MessagePage>>((resolve) => waiting.push(resolve))
    },
    changes: async () => ok(changes([message(1, { text: 'fresh' })])),
  }
  return { asked, client, answer: (value: ApiResult<MessagePage>) => waiting.shift()?.(value) }
}

const shown = (thread: ReturnType<typeof createThread>): string =>
  thread.state.value.messages.map(({ id }) => id).join(' ')

describe('opening', () => {
  it('reads the last page and stands at its end', async () => {
    const { client, asked, answer } = worker()
    const thread = createThread(client, () => NOON)
    const opening = thread.open(CONVERSATION_ID)
    expect(thread.phase.value).toBe('loading')
    answer(ok(page([message(1), message(2)], { before: 'b' })))
    await opening
    expect([shown(thread), thread.phase.value, thread.placement.value.messageId]).toEqual(['m1 m2', 'ready', null])
    expect(asked).toEqual([{ limit: 50 }])
  })

  it('stands at the first message of an older ticket, with what came before it', async () => {
    const { client, asked, answer } = worker()
    const thread = createThread(client, () => NOON)
    const opening = thread.open(CONVERSATION_ID, '301')
    answer(ok(page([message(5)], { before: 'b', after: 'a' })))
    await Promise.resolve()
    await Promise.resolve()
    answer(ok(page([message(4)], { before: 'bb' })))
    await opening
    expect([shown(thread), thread.placement.value.messageId]).toEqual(['m4 m5', 'm5'])
    expect(asked).toEqual([
      { ticketId: '301', limit: 50 },
      { before: 'b', limit: 50 },
    ])
    expect(thread.state.value.after).toBe('a')
  })

  it('says why it failed', async () => {
    const { client, answer } = worker()
    const thread = createThread(client, () => NOON)
    const opening = thread.open(CONVERSATION_ID)
    answer(fail(unreachable))
    await opening
    expect([thread.phase.value, thread.failure.value]).toEqual(['failed', unreachable])
  })

  it('drops the answer of an opening that another one followed', async () => {
    const { client, answer } = worker()
    const thread = createThread(client, () => NOON)
    const first = thread.open(CONVERSATION_ID)
    const second = thread.open(CONVERSATION_ID)
    answer(ok(page([message(1)])))
    answer(ok(page([message(9)])))
    await Promise.all([first, second])
    expect(shown(thread)).toBe('m9')
  })
})

describe('older messages', () => {
  async function opened() {
    const { client, asked, answer } = worker()
    const thread = createThread(client, () => NOON)
    const opening = thread.open(CONVERSATION_ID)
    answer(ok(page([message(5)], { before: 'b' })))
    await opening
    return { thread, asked, answer }
  }

  it('are asked for once at a time and end at the beginning', async () => {
    const { thread, asked, answer } = await opened()
    const loading = thread.loadOlder()
    void thread.loadOlder()
    expect(thread.isLoadingOlder.value).toBe(true)
    answer(ok(page([message(4)], { before: null })))
    await loading
    await thread.loadOlder()
    expect([shown(thread), asked.length, thread.isLoadingOlder.value]).toEqual(['m4 m5', 2, false])
  })

  it('that could not be read can be asked for again', async () => {
    const { thread, answer } = await opened()
    const loading = thread.loadOlder()
    answer(fail(unreachable))
    await loading
    expect([thread.pageFailed.value, shown(thread)]).toEqual([true, 'm5'])
    const again = thread.loadOlder()
    answer(ok(page([message(4)], { before: null })))
    await again
    expect([thread.pageFailed.value, shown(thread)]).toEqual([false, 'm4 m5'])
  })
})

describe('what changes while it is open', () => {
  async function opened() {
    const { client, answer } = worker()
    const thread = createThread(client, () => NOON)
    const opening = thread.open(CONVERSATION_ID)
    answer(ok(page([message(1)], { change: 1 })))
    await opening
    return thread
  }

  it('is told to whoever listens, until they stop', async () => {
    const thread = await opened()
    const heard: string[] = []
    const stop = thread.onArrivals((messages) => heard.push(...messages.map(({ id }) => id)))
    expect(thread.apply(changes([message(2)], { since: 1 }))).toBe('applied')
    stop()
    thread.apply(changes([message(3)], { since: 2 }))
    expect(heard).toEqual(['m2'])
  })

  it('is not applied across a gap or in part', async () => {
    const thread = await opened()
    expect(thread.apply(changes([message(9)], { since: 5 }))).toBe('gap')
    expect(thread.apply(changes([message(9)], { since: 1, isPartial: true }))).toBe('partial')
    expect(shown(thread)).toBe('m1')
  })

  it('can be read again for one message', async () => {
    const thread = await opened()
    await thread.refresh({ id: message(1).id, change: 1 })
    expect(thread.state.value.messages[0]?.summary).toBe('fresh')
  })
})
