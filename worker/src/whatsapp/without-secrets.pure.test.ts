import { expect, it } from 'vitest'
import { readError } from './graph-client.ts'
import { withoutSecrets } from './without-secrets.ts'

const token = 'own-token-of-the-customer'

it.each([
  [`Malformed access token ${token}`, 'Malformed access token (secret)'],
  [`${token} and ${token}`, '(secret) and (secret)'],
  ['Malformed access token EAAJZBQ2mZAb0BO1234567890', 'Malformed access token (secret)'],
  ['(#100) Param verified_name is not valid', '(#100) Param verified_name is not valid'],
  ['EAA is no token', 'EAA is no token'],
])('Meta\u2019s words are kept without what is secret in them: %s', (words, expected) => {
  expect(withoutSecrets(words, [token, ''])).toBe(expected)
})

it('an error tells no token that Meta quotes', () => {
  const body = { error: { code: 190, message: `Malformed access token ${token}` } }
  expect(readError(400, new Headers(), body, token)).toMatchObject({
    code: 190,
    details: 'Malformed access token (secret)',
  })
})
