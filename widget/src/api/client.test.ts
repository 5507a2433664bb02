import { expect, it } from 'vitest'
import { ok } from '../result.ts'
import { CONVERSATION_ID, page } from '../../test/fixtures.ts'
import type { TokenSource } from './client.ts'
import { createClient } from './client.ts'
import type { Http } from './http.ts'
import { createHttp } from './http.ts'

type Asked = { path: string; token: string | undefined }

/** The real HTTP layer over answers in their order. */
function played(answers: Response[]): { http: Http; asked: Asked[] } {
  const asked: Asked[] = []
  const http = createHttp('', async (path, { headers }) => {
    asked.push({ path, token: new Headers(headers).get('Authorization')?.replace('Bearer ', '') })
    return answers.shift() ?? new Response(null, { status: 500 })
  })
  return { http, asked }
}

const refused = (status: number, code: string): Response =>
  Response.json({ error: { code, message: 'm', requestId: 'r' } }, { status })

function tokens(): TokenSource & { replaced: string[] } {
  const replaced: string[] = []
  return {
    replaced,
    token: async () => ok('first'),
    replace: async (token) => {
      replaced.push(token)
      return ok('second')
    },
  }
}

it('buys one more try with a new session for a 401', async () => {
  const source = tokens()
  const { http, asked } = played([refused(401, 'sessions.expired'), Response.json(page([]))])
  const answer = await createClient(http, source).messages(CONVERSATION_ID, { limit: 50 })
  expect(answer.ok).toBe(true)
  expect(asked.map(({ token }) => token)).toEqual(['first', 'second'])
  expect(source.replaced).toEqual(['first'])
})

it('tries no third time', async () => {
  const { http, asked } = played([refused(401, 'a'), refused(401, 'b'), Response.json(page([]))])
  const answer = await createClient(http, tokens()).messages(CONVERSATION_ID, {})
  expect(answer).toMatchObject({ ok: false, error: { code: 'b' } })
  expect(asked).toHaveLength(2)
})

it('repeats nothing for other refusals', async () => {
  const { http, asked } = played([refused(503, 'x')])
  await createClient(http, tokens()).changes(CONVERSATION_ID, 7)
  expect(asked.map(({ path }) => path)).toEqual([`/api/conversations/${CONVERSATION_ID}/changes?after=7`])
})

it('writes cursors so that they arrive as they were', async () => {
  const { http, asked } = played([Response.json(page([]))])
  await createClient(http, tokens()).messages(CONVERSATION_ID, { before: 'a&b=c', limit: 50 })
  expect(asked[0]?.path).toBe(`/api/conversations/${CONVERSATION_ID}/messages?before=a%26b%3Dc&limit=50`)
})
