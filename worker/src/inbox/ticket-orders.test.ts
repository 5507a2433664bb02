import { beforeEach, describe, expect, it } from 'vitest'
import { makeTicketBodySchema } from '../../../contract/index.ts'
import { rowsOf } from '../../test/rows.ts'
import { seedContact, seedConversation, seedMessage, seedNumber, seedOrganisation } from '../../test/seed.ts'
import { createConversationsRepo } from '../conversations/conversations.repo.ts'
import { failed, ok } from '../platform/errors.ts'
import type { OrgScope } from '../platform/scope.ts'
import { createTicketsRepo } from '../tickets/tickets.repo.ts'
import { createTicketOrdersRepo } from './ticket-orders.repo.ts'
import type { Orderer, TicketOrderPorts } from './ticket-orders.usecases.ts'
import { orderTicket, readTicketForm } from './ticket-orders.usecases.ts'

const NOW = 1_790_000_000_000
const ken: Orderer = { id: '601', name: 'Ken', sees: { departments: ['100', '102'] } }
const agents = [
  { id: '601', name: 'Ken', departmentIds: ['100'] },
  { id: '602', name: 'Lea', departmentIds: ['101'] },
  { id: '603', name: 'Max', departmentIds: ['101', '102'] },
]
const departments = [
  { id: '100', name: 'Support' },
  { id: '101', name: 'Sales' },
  { id: '102', name: 'Returns' },
]

let count = 0
let scope: OrgScope
let id: string
let wakes: string[]
let ports: TicketOrderPorts

beforeEach(async () => {
  count += 1
  wakes = []
  const suffix = String(count).padStart(20, '0')
  scope = await seedOrganisation({ orgId: `org_${suffix}`, portalId: `88${count}` })
  await seedNumber(scope, { phoneNumberId: `8088${count}`, departmentId: '100' })
  await seedContact(scope, { id: `ct_${suffix}`, name: 'Sakura' })
  id = await seedConversation(scope, {
    id: `cv_${suffix}`,
    contactId: `ct_${suffix}`,
    phoneNumberId: `8088${count}`,
    departmentId: '100',
    more: { change: 2 },
  })
  await seedMessage(scope, id, { change: 1, content: { kind: 'reaction', targetWamid: null, emoji: '👍' } })
  await seedMessage(scope, id, { change: 2, content: { kind: 'text', text: 'Where is it?\nIt was due on Tuesday.' } })
  ports = {
    repo: createConversationsRepo(scope),
    clock: () => NOW,
    orders: createTicketOrdersRepo(scope),
    ticketsOf: (conversationId) => createTicketsRepo(scope, conversationId),
    listDepartments: async () => departments,
    listAssignees: async () => ok(agents),
    wake: async (conversationId) => void wakes.push(conversationId),
  }
})

const body = (more: object = {}) =>
  makeTicketBodySchema.parse({ subject: 'Where is it?', departmentId: '100', ...more })
const order = (more: object = {}, who = ken) => orderTicket(ports, who, id, body(more))

describe('the form', () => {
  it('is filled with the first words, the channel’s department and who works where the agent does', async () => {
    expect(await readTicketForm(ports, ken, id)).toEqual({
      subject: 'Where is it? It was due on Tuesday.',
      departmentId: '100',
      assigneeId: '601',
      departments: [departments[0], departments[2]],
      agents: [
        { id: '601', name: 'Ken', departmentIds: ['100'] },
        { id: '603', name: 'Max', departmentIds: ['102'] },
      ],
    })
  })

  it('does without agents and departments while Desk does not answer', async () => {
    ports = { ...ports, listDepartments: async () => [], listAssignees: async () => failed({ kind: 'revoked' }) }
    expect(await readTicketForm(ports, ken, id)).toMatchObject({
      departments: [{ id: '100', name: '100' }],
      assigneeId: null,
      agents: [],
    })
    await expect(order({ assigneeId: '999' })).resolves.toMatchObject({ id })
  })

  it('is not there where there is nothing to make a ticket of', async () => {
    await scope.db.prepare(`DELETE FROM messages WHERE kind = 'text'`).run()
    await expect(readTicketForm(ports, ken, id)).rejects.toMatchObject({ code: 'inbox.nothing_said', status: 409 })
    await scope.db.prepare(`UPDATE conversations SET ticket_id = '301' WHERE id = ?1`).bind(id).run()
    await expect(order()).rejects.toMatchObject({ code: 'inbox.has_ticket', status: 409 })
  })
})

describe('an order', () => {
  it('stands in the conversation, in the work to do and in the audit, once', async () => {
    await Promise.all([order({ assigneeId: '601' }), order({ assigneeId: '601' })])
    const [conversation] = await rowsOf(scope, 'conversations')
    expect(JSON.parse(String(conversation?.['ticket_order']))).toEqual({
      subject: 'Where is it?',
      departmentId: '100',
      assigneeId: '601',
      agentId: '601',
      agentName: 'Ken',
      at: NOW,
    })
    expect(conversation?.['change']).toBe(3)
    expect(await rowsOf(scope, 'pending_work')).toMatchObject([{ conversation_id: id }])
    expect(await rowsOf(scope, 'audit_entries')).toMatchObject([
      { action: 'conversation.ticket_made', actor_name: 'Ken', actor_kind: 'agent', target: 'Support line' },
    ])
    expect(wakes).toEqual([id, id])
  })

  it('of two agents at once counts for one, and the other reads why not', async () => {
    const ana: Orderer = { id: '600', name: 'Ana', sees: { departments: null } }
    const both = await Promise.allSettled([order(), order({ departmentId: '101' }, ana)])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'inbox.already_ordered', status: 409 },
    })
    expect(await rowsOf(scope, 'audit_entries')).toHaveLength(1)
  })

  it.each([
    ['inbox.department_unknown', { departmentId: '101' }],
    ['inbox.department_unknown', { departmentId: '999' }],
    ['inbox.assignee_unknown', { assigneeId: '602' }],
    ['inbox.assignee_unknown', { assigneeId: '999' }],
  ])('is refused: %s', async (code, more) => {
    await expect(order(more)).rejects.toMatchObject({ code, status: 422 })
    expect(await rowsOf(scope, 'audit_entries')).toEqual([])
  })

  it('is for agents of the conversation’s department', async () => {
    const lea: Orderer = { id: '602', name: 'Lea', sees: { departments: ['101'] } }
    await expect(order({ departmentId: '101' }, lea)).rejects.toMatchObject({ status: 404 })
    await expect(readTicketForm(ports, lea, id)).rejects.toMatchObject({ status: 404 })
  })
})
