import { expect, it } from 'vitest'
import { fail, ok } from '../result.ts'
import { CONVERSATION_ID, page, refusal } from '../testing/fixtures.ts'
import type { TokenSource } from './client.ts'
import { createClient } from './client.ts'
import type { ApiResult, Http, HttpRequest } from './http.ts'

function played(answers: ApiResult<unknown>[]): { http: Http; asked: HttpRequest[] } {
  const asked: HttpRequest[] = []
  const http: Http = {
    async send(_shape, request) {
      asked.push(request)
      const next = answers.shift() ?? fail(refusal(500, 'none'))
      return next.ok ? JSON.parse(JSON.stringify(next)) : next
    },
  }
  return { http, asked }
}

function tokens(): TokenSource & { replaced: string[] } {
  const replaced: string[] = []
  return {
    replaced,
    token: async () => ok('first'),
    replace: async (refused) => {
      replaced.push(refused)
      return ok('second')
    },
  }
}

it('buys one more try with a new session for a 401', async () => {
  const source = tokens()
  const { http, asked } = played([fail(refusal(401, 'sessions.expired')), ok(page([]))])
  const answer = await createClient(http, source).messages(CONVERSATION_ID, { limit: 50 })
  expect(answer.ok).toBe(true)
  expect(asked.map(({ token }) => token)).toEqual(['first', 'second'])
  expect(source.replaced).toEqual(['first'])
})

it('tries no third time', async () => {
  const { http, asked } = played([fail(refusal(401, 'a')), fail(refusal(401, 'b')), ok(page([]))])
  const answer = await createClient(http, tokens()).messages(CONVERSATION_ID, {})
  expect(answer).toMatchObject({ ok: false, error: { code: 'b' } })
  expect(asked).toHaveLength(2)
})

it('repeats nothing for other refusals', async () => {
  const { http, asked } = played([fail(refusal(503, 'x'))])
  await createClient(http, tokens()).changes(CONVERSATION_ID, 7)
  expect(asked.map(({ path }) => path)).toEqual([`/api/conversations/${CONVERSATION_ID}/changes?after=7`])
})

it('writes cursors so that they arrive as they were', async () => {
  const { http, asked } = played([ok(page([]))])
  await createClient(http, tokens()).messages(CONVERSATION_ID, { before: 'a&b=c', limit: 50 })
  expect(asked[0]?.path).toBe(`/api/conversations/${CONVERSATION_ID}/messages?before=a%26b%3Dc&limit=50`)
})
