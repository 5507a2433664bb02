import { describe, expect, it } from 'vitest'
import type { DeskFailure } from './desk.types.ts'
import { failureOf, failureOfNone } from './failures.ts'

const NOW = Date.parse('2026-11-22T10:00:00Z')

const answer = (status: number, body: unknown = '', headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers(headers),
  text: typeof body === 'string' ? body : JSON.stringify(body),
})
const coded = (status: number, errorCode: string, headers: Record<string, string> = {}) =>
  answer(status, { errorCode, message: 'Words.' }, headers)

const cases: Array<[string, ReturnType<typeof answer>, DeskFailure]> = [
  ['an invalid token', coded(401, 'INVALID_OAUTH'), { kind: 'token' }],
  ['a user who may not', coded(401, 'UNAUTHORIZED'), { kind: 'forbidden', code: 'UNAUTHORIZED' }],
  [
    'a token of another organisation',
    coded(403, 'OAUTH_ORG_MISMATCH'),
    { kind: 'forbidden', code: 'OAUTH_ORG_MISMATCH' },
  ],
  ['a missing scope', coded(403, 'SCOPE_MISMATCH'), { kind: 'forbidden', code: 'SCOPE_MISMATCH' }],
  ['a record that is not there', coded(404, 'URL_NOT_FOUND'), { kind: 'gone' }],
  [
    'used up credits',
    coded(429, 'THRESHOLD_EXCEEDED', { 'retry-after': '3600' }),
    { kind: 'paused', retryAt: NOW + 3_600_000 },
  ],
  [
    'used up credits, with a date to come again',
    coded(429, 'THRESHOLD_EXCEEDED', { 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' }),
    { kind: 'paused', retryAt: NOW + 3_600_000 },
  ],
  ['used up credits without a time', coded(429, 'THRESHOLD_EXCEEDED'), { kind: 'paused', retryAt: NOW + 900_000 }],
  ['too many calls at once', coded(429, 'TOO_MANY_REQUESTS'), { kind: 'busy', retryAt: NOW + 1_000 }],
  ['a 429 without a code', answer(429, 'slow down'), { kind: 'busy', retryAt: NOW + 1_000 }],
  [
    'data that does not fit',
    answer(422, { errorCode: 'INVALID_DATA', errors: [{ fieldName: '/departmentId', errorType: 'invalid' }] }),
    { kind: 'invalid', code: 'INVALID_DATA', fields: [{ name: 'departmentId', type: 'invalid' }] },
  ],
  [
    'a body too large',
    coded(413, 'RESOURCE_SIZE_EXCEEDED'),
    { kind: 'invalid', code: 'RESOURCE_SIZE_EXCEEDED', fields: [] },
  ],
  ['a refusal without a body', answer(400), { kind: 'invalid', code: 'HTTP_400', fields: [] }],
  ['a failure of its own', coded(500, 'INTERNAL_SERVER_ERROR'), { kind: 'server', status: 500 }],
  ['a gateway that gave up', answer(504, '<html>'), { kind: 'lost', reason: 'http_504' }],
  ['a redirect to a sign-in page', answer(302), { kind: 'lost', reason: 'http_302' }],
]

describe('an answer of Desk', () => {
  it.each(cases)('that tells of %s is handled as its kind', (_, given, expected) => {
    expect(failureOf(given, NOW)).toEqual(expected)
  })
})

it('tells a refused connection from an answer that was lost', () => {
  expect(failureOfNone({ kind: 'refused', reason: 'x' }).kind).toBe('unreachable')
  expect(failureOfNone({ kind: 'lost', reason: 'x' }).kind).toBe('lost')
})
