import { expect, it } from 'vitest'
import { refusal, unreachable } from '../../../test/fixtures.ts'
import { startRefusal } from './refusal.model.ts'

it.each([
  ['quota.trial_templates', 409, 'quota.trial_templates'],
  ['start.ticket_taken', 409, 'start.ticketTaken'],
  ['desk.unavailable', 503, 'start.deskUnavailable'],
  ['templates.unavailable', 503, 'start.templatesUnavailable'],
  ['internal', 500, 'start.network'],
  ['templates.values_invalid', 422, null],
  ['quota.moon', 409, null],
])('%s (%d) is said as %s', (code, status, word) => {
  expect(startRefusal(refusal(status, code))).toBe(word)
})

it('says that nobody knows where the network failed', () => {
  expect(startRefusal(unreachable)).toBe('start.network')
})
