import { expect, it } from 'vitest'
import { ticketFormSchema } from '../../../../contract/index.ts'
import { agentsOf } from './make-ticket.model.ts'

it('offers those who work in the department', () => {
  const form = ticketFormSchema.parse({
    subject: 'Hello',
    departmentId: '11',
    departments: [{ id: '11', name: 'Support' }],
    assigneeId: null,
    agents: [
      { id: '1', name: 'Ana', departmentIds: ['11', '12'] },
      { id: '2', name: 'Ken', departmentIds: ['12'] },
    ],
  })
  expect(agentsOf(form, '11').map(({ name }) => name)).toEqual(['Ana'])
  expect(agentsOf(form, '12').map(({ name }) => name)).toEqual(['Ana', 'Ken'])
  expect(agentsOf(form, '13')).toEqual([])
})
