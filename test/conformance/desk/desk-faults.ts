import type { KnownFault } from '../contract/faults.ts'

const text = { type: 'string' }
const words = { type: 'array', items: { type: 'string' }, maxItems: 30 }

/** Where the files are wrong about what a call may send. */
export const requestFaults: readonly KnownFault[] = [
  {
    id: 'tickets-create-contact-fields',
    file: 'Ticket.json',
    where: 'components/requestBodies/addRequestjson/content/application~1json/schema/allOf/1/properties/contact',
    lacks: { firstName: text, phone: text, mobile: text },
    why: 'the contact inside a new ticket may have more than lastName and email',
  },
  {
    id: 'tickets-list-department-optional',
    file: 'Ticket.json',
    where: 'components/parameters/departmentId',
    says: { required: true },
    why: 'departmentId is optional at GET /tickets and GET /contacts/{id}/tickets',
  },
  {
    id: 'tickets-list-departments',
    file: 'Ticket.json',
    where: 'paths/~1api~1v1~1tickets/get',
    parameters: [{ name: 'departmentIds', schema: words }],
    why: 'a newer text of the same call has departmentIds',
  },
  {
    id: 'tickets-update-closure-notification',
    file: 'Ticket.json',
    where: 'paths/~1api~1v1~1tickets~1{ticketId}/patch',
    parameters: [{ name: 'disableClosureNotification', schema: { type: 'boolean' } }],
    why: 'a newer text of the same call has it',
  },
  {
    id: 'tickets-search-custom-fields',
    file: 'Search.json',
    where: 'paths/~1api~1v1~1tickets~1search/get',
    parameters: [{ name: 'customField1', schema: text }],
    why: 'a newer text of the same call has customField1 to customField10',
  },
  ...['email', 'phone', 'mobile'].map((name): KnownFault => ({
    id: `contacts-search-${name}`,
    file: 'Search.json',
    where: 'paths/~1api~1v1~1contacts~1search/get',
    parameters: [{ name, schema: words }],
    why: `a newer text of the same call has ${name} with at most 30 values`,
  })),
]

/** Where the files are wrong about what a call answers. */
export const answerFaults: readonly KnownFault[] = [
  {
    id: 'error-message-optional',
    file: 'Common.json',
    where: 'components/schemas/errorDetailArr/items',
    says: { required: ['errorMessage'] },
    why: 'errors[].errorMessage may be absent',
  },
  {
    id: 'tickets-list-contact',
    file: 'Ticket.json',
    where: 'components/responses/ticketListViewArray/content/application~1json/schema/allOf/0/properties/data/items',
    lacks: { contact: { type: ['object', 'null'] } },
    why: 'include=contacts is declared, the contact it adds is not',
  },
]
