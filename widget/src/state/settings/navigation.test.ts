import { expect, it } from 'vitest'
import { number, setup } from '../../../test/setup-fixtures.ts'
import { nextOf } from './navigation.ts'

const open = number({ phoneNumberId: '800100' })
const second = number({ phoneNumberId: '800200' })
const done = number({ phoneNumberId: '800300', step: 'done' })
const elsewhere = number({ phoneNumberId: '800900', wabaId: '700900' })

it.each([
  ['the number that was chosen in Meta’s dialog', [open, second], '800200', { kind: 'number', id: '800200' }],
  ['the only number of the account', [open, elsewhere], null, { kind: 'number', id: '800100' }],
  ['one of several numbers', [open, second], null, { kind: 'add', wabaId: '700100' }],
  ['a first number', [elsewhere], null, { kind: 'add', wabaId: '700100' }],
  ['nothing, where the account is in use already', [done, open], null, null],
])('goes on with %s', (_, numbers, phoneNumberId, next) => {
  expect(nextOf(setup({ numbers }), { wabaId: '700100', phoneNumberId })).toEqual(next)
})
