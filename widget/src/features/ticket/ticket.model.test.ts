import { expect, it } from 'vitest'
import { deskHint } from './bars.model.ts'
import { address, initial } from './header.model.ts'

it.each([
  [{ name: 'x', phone: '+81 90', username: 'sakura' }, '+81 90'],
  [{ name: 'x', username: 'sakura' }, '@sakura'],
  [{ name: 'x', userId: 'GB.1' }, null],
])('%j is reached by %s', (contact, text) => {
  expect(address(contact)).toBe(text)
})

it.each([
  ['Sakura Tanaka', 'S'],
  ['émile', 'É'],
  ['田中', '田'],
  ['  ~*Ana', 'A'],
  ['👩🏽‍🚀 Mae', '👩🏽‍🚀'],
  ['+81 90', '8'],
  ['\u200B', '#'],
  ['', '#'],
])('the disc of %j shows %s', (name, letter) => {
  expect(initial(name)).toBe(letter)
})

it.each([
  [{ state: 'waiting' as const }, 'desk.waiting'],
  [{ state: 'waiting' as const, reason: 'paused_credits' }, 'desk.paused_credits'],
  [{ state: 'waiting' as const, reason: 'invented' }, 'desk.waiting'],
  [{ state: 'blocked' as const, reason: 'revoked' }, 'desk.revoked'],
  [{ state: 'blocked' as const, reason: 'invented' }, 'desk.blocked'],
])('%j is explained by %s', (desk, word) => {
  expect(deskHint(desk)).toBe(word)
})
