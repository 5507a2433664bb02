import { describe, expect, it } from 'vitest'
import { ASK_BACKLOG_ABOVE, changeChannelBodySchema, channelSettingsSchema } from '../../../../contract/channels.ts'
import type { Draft } from './form.model.ts'
import { asksForBacklog, errorsOf, LIMITS, newDraft, settingsOf } from './form.model.ts'

const DEPARTMENTS = [{ id: '11' }, { id: '12' }]
const draft = (facts: Partial<Draft> = {}): Draft => ({
  ...newDraft('Support', DEPARTMENTS),
  departmentId: '11',
  ...facts,
})

describe('a new channel’s form', () => {
  it('chooses the department where there is only one', () => {
    expect(newDraft('', [{ id: '11' }]).departmentId).toBe('11')
    expect(newDraft('', DEPARTMENTS).departmentId).toBe('')
  })

  it('begins with what the contract begins with', () => {
    const body = channelSettingsSchema.parse({ name: 'Support', departmentId: '11' })
    expect(settingsOf(draft())).toEqual(body)
  })
})

it.each<[keyof Draft, Partial<Draft>]>([
  ['name', { name: '  ' }],
  ['name', { name: 'x'.repeat(LIMITS.name + 1) }],
  ['departmentId', { departmentId: '' }],
  ['departmentId', { departmentId: '99' }],
  ['minutes', { ticketRule: 'after', minutes: '0' }],
  ['minutes', { ticketRule: 'after', minutes: '1441' }],
  ['minutes', { ticketRule: 'after', minutes: '1.5' }],
  ['reopenDays', { reopenDays: '366' }],
  ['reopenDays', { reopenDays: '' }],
  ['burstSeconds', { burstSeconds: '61' }],
  ['burstSeconds', { burstSeconds: '-1' }],
])('%s is wrong in %o', (field, facts) => {
  expect(Object.keys(errorsOf(draft(facts), DEPARTMENTS))).toEqual([field])
})

it('takes everything that the contract takes, to the limits', () => {
  for (const facts of [
    { name: 'x'.repeat(LIMITS.name), minutes: '1440', ticketRule: 'after', reopenDays: '365', burstSeconds: '60' },
    { minutes: '1', ticketRule: 'after', reopenDays: '0', burstSeconds: '0' },
    { reopenDays: '0,5', ticketRule: 'by_hand', minutes: 'none of your business' },
  ] as const) {
    expect(errorsOf(draft(facts), DEPARTMENTS)).toEqual({})
    expect(changeChannelBodySchema.safeParse(settingsOf(draft(facts))).success).toBe(true)
  }
})

it('asks for minutes only where the rule needs them', () => {
  expect(errorsOf(draft({ minutes: '' }), DEPARTMENTS)).toEqual({})
  expect(settingsOf(draft({ minutes: '' }))).not.toHaveProperty('ticketAfterMinutes')
})

it('asks about waiting conversations where the contract says so', () => {
  expect([asksForBacklog(ASK_BACKLOG_ABOVE), asksForBacklog(ASK_BACKLOG_ABOVE + 1)]).toEqual([false, true])
})
