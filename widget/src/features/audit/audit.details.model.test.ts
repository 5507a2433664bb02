import { expect, it } from 'vitest'
import { detailLines } from './audit.details.model.ts'

const departments = [
  { id: '1', name: 'Support' },
  { id: '2', name: 'Sales' },
]

it('shows what a person can read of the facts', () => {
  const details = { phoneNumberId: '800100', departmentId: '1', again: false, count: 3, note: null }
  expect(detailLines({ action: 'channel.created', details }, departments)).toEqual([
    { key: 'departmentId', field: { word: 'channel.department' }, to: { text: 'Support' } },
    { key: 'count', field: { text: 'count' }, to: { text: '3' } },
  ])
})

it('says a change as before and after, in words', () => {
  const details = {
    departmentId_from: '1',
    departmentId_to: '2',
    ticketRule_from: 'automatic',
    ticketRule_to: 'by_hand',
    publicComments_from: false,
    publicComments_to: true,
  }
  expect(detailLines({ action: 'channel.changed', details }, departments)).toEqual([
    { key: 'departmentId_to', field: { word: 'channel.department' }, from: { text: 'Support' }, to: { text: 'Sales' } },
    {
      key: 'ticketRule_to',
      field: { word: 'channel.rule' },
      from: { word: 'channel.ruleAutomatic' },
      to: { word: 'channel.ruleByHand' },
    },
    {
      key: 'publicComments_to',
      field: { word: 'channel.public' },
      from: { word: 'audit.no' },
      to: { word: 'audit.yes' },
    },
  ])
})

it('knows what from and to are about', () => {
  const stage = { from: 'trial', to: 'verified_trial', overlays: '' }
  expect(detailLines({ action: 'stage.changed', details: stage }, [])).toEqual([
    {
      key: 'stage_to',
      field: { word: 'audit_field.stage' },
      from: { word: 'chip.trial' },
      to: { word: 'chip.verified_trial' },
    },
  ])
  const day = { to: '2026-03-01T00:00:00.000Z' }
  expect(detailLines({ action: 'review.date_corrected', details: day }, [])).toEqual([
    { key: 'submittedAt_to', field: { word: 'setup.account.reviewDay' }, to: { instant: '2026-03-01T00:00:00.000Z' } },
  ])
})

it('leaves out a department that is gone', () => {
  expect(detailLines({ action: 'channel.created', details: { departmentId: '2' } }, [])).toEqual([])
})
