import { expect, it } from 'vitest'
import { createClientIds } from './client-ids.ts'

it('gives one intent one id, and another intent another', () => {
  let made = 0
  const idOf = createClientIds(() => `0000000${++made}`)
  const first = idOf({ to: '1', text: 'a' })
  expect(idOf({ to: '1', text: 'a' })).toBe(first)
  expect(idOf({ to: '1', text: 'b' })).not.toBe(first)
  expect(made).toBe(2)
})
