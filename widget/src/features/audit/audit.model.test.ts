import { expect, it } from 'vitest'
import { detailLines } from './audit.model.ts'

it('shows what a person can read of the facts', () => {
  const details = {
    from: 'off',
    to: 'on',
    phoneNumberId: '800100',
    departmentId: '1',
    again: false,
    count: 3,
    note: null,
  }
  expect(detailLines(details, [{ id: '1', name: 'Support' }])).toEqual([
    { name: 'from', value: 'off' },
    { name: 'to', value: 'on' },
    { name: 'department', value: 'Support' },
    { name: 'count', value: '3' },
  ])
})

it('leaves out a department that is gone', () => {
  expect(detailLines({ departmentId: '2' }, [])).toEqual([])
})
