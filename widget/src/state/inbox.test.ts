import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { conversation, refusal } from '../../test/fixtures.ts'
import type { Caller } from '../api/client.ts'
import type { ApiResult } from '../api/http.ts'
import { fail, ok } from '../result.ts'
import { createInbox } from './inbox.ts'

const page = (lastSummary: string, cursor: string | null = null) => ({
  items: [{ conversation: conversation({ lastSummary }), waitingSince: null }],
  cursor,
  counts: { all: 3, waiting: 1, no_ticket: 1, held: 0 },
})

type Answer = ApiResult<unknown> | Promise<ApiResult<unknown>>

/** The Worker as far as the inbox needs it: each call is answered by what the test says. */
function worker(answer: (path: string) => Answer): { call: Caller; paths: string[] } {
  const paths: string[] = []
  return {
    paths,
    call: async (read, path) => {
      paths.push(path)
      const given = await answer(path)
      if (!given.ok) return given
      const value = read(given.value)
      return value === undefined ? fail(refusal(200, 'unreadable')) : ok(value)
    },
  }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe('the inbox', () => {
  it('begins with who waits', async () => {
    const { call, paths } = worker(() => ok(page('Hello')))
    const inbox = createInbox(call)
    await inbox.reload()
    expect(paths).toEqual(['/api/inbox?filter=waiting'])
    expect(inbox.items.value?.map((item) => item.conversation.lastSummary)).toEqual(['Hello'])
    expect(inbox.counts.value.all).toBe(3)
  })

  it('keeps what is shown while a read fails, and says so', async () => {
    let isDown = false
    const inbox = createInbox(worker(() => (isDown ? fail(refusal(503, 'down')) : ok(page('Hello')))).call)
    await inbox.reload()
    isDown = true
    await inbox.reload()
    expect(inbox.items.value).toHaveLength(1)
    expect(inbox.failure.value?.code).toBe('down')
  })

  it('drops the answer to a question that is no longer asked', async () => {
    const answers: ((value: ApiResult<unknown>) => void)[] = []
    const { call } = worker(() => new Promise((resolve) => answers.push(resolve)))
    const inbox = createInbox(call)
    inbox.ask({ filter: 'all' })
    inbox.ask({ filter: 'held' })
    answers[1]?.(ok(page('of held')))
    answers[0]?.(ok(page('of all')))
    await vi.runAllTimersAsync()
    expect(inbox.items.value?.[0]?.conversation.lastSummary).toBe('of held')
  })

  it('asks once somebody stops typing', async () => {
    const { call, paths } = worker(() => ok(page('Hello')))
    const inbox = createInbox(call)
    for (const query of ['s', 'sa', 'sak']) inbox.ask({ query })
    await vi.runAllTimersAsync()
    expect(paths).toEqual(['/api/inbox?filter=waiting&query=sak'])
  })

  it('reads on from where the page ended, and not further', async () => {
    const { call, paths } = worker((path) => ok(page('Hello', path.includes('cursor') ? null : 'c1')))
    const inbox = createInbox(call)
    await inbox.reload()
    expect(inbox.hasMore.value).toBe(true)
    await inbox.more()
    await inbox.more()
    expect(paths).toEqual(['/api/inbox?filter=waiting', '/api/inbox?filter=waiting&cursor=c1'])
    expect(inbox.hasMore.value).toBe(false)
  })
})
