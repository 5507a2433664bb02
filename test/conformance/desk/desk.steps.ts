import { demoAgentIds, demoDepartmentIds, demoPortal } from '../../sandbox/demo.ts'
import { idOf } from './desk-caller.ts'
import type { DeskCaller } from './desk-caller.ts'

/** A use of the REST API. All its calls must be accepted, or all be refused. */
export type DeskStep = { name: string; run: (desk: DeskCaller) => Promise<unknown> }

const [CONTACT = '', OTHER_CONTACT = '', QUIET_CONTACT = ''] = demoPortal.contacts.map(({ id }) => id)

const file = (name: string): File => new File(['Hello'], name, { type: 'text/plain' })

const comment = async (desk: DeskCaller, fields: object = {}): Promise<{ path: string; id: string }> => {
  const path = `/tickets/${await desk.ticket()}/comments`
  const id = idOf(
    await desk.api('POST', path, { content: 'Hello', isPublic: false, contentType: 'plainText', ...fields }),
  )
  return { path, id }
}

/** Everything the product asks of Desk, and what else of tickets, contacts and the organisation the double plays. */
export const acceptedSteps: readonly DeskStep[] = [
  { name: 'a ticket with every field', run: createTicketWithEverything },
  {
    name: 'a ticket with a contact inside',
    run: (desk) => desk.ticket({ contactId: undefined, contact: { lastName: 'New', phone: '+44 20 7946 0555' } }),
  },
  { name: 'a ticket is read', run: async (desk) => desk.api('GET', `/tickets/${await desk.ticket()}`) },
  {
    name: 'a ticket is read with all that belongs to it',
    run: async (desk) => {
      const include = 'contacts,products,departments,team,assignee,contract,isRead,skills'
      await desk.api('GET', `/tickets/${await desk.ticket({ assigneeId: demoAgentIds.ken })}?include=${include}`)
    },
  },
  { name: 'a ticket is changed', run: changeTicket },
  {
    name: 'a ticket is closed without a word',
    run: async (desk) =>
      desk.api('PATCH', `/tickets/${await desk.ticket()}?disableClosureNotification=true`, { status: 'Closed' }),
  },
  { name: 'tickets are listed', run: listTickets },
  {
    name: 'tickets of a contact',
    run: async (desk) => {
      await desk.ticket({ assigneeId: demoAgentIds.ken })
      await desk.api('GET', `/contacts/${CONTACT}/tickets`)
      await desk.api(
        'GET',
        `/contacts/${CONTACT}/tickets?include=products,departments,team,assignee,isRead&sortBy=-modifiedTime`,
      )
      await desk.api('GET', `/contacts/${QUIET_CONTACT}/tickets?limit=10&from=0`)
    },
  },
  {
    name: 'tickets are searched',
    run: async (desk) => {
      await desk.ticket()
      await desk.api('GET', `/tickets/search?contactId=${CONTACT}&status=Open,Closed&limit=5&sortBy=-modifiedTime`)
      await desk.api('GET', '/tickets/search?_all=parcel*&channel=WhatsApp')
      await desk.api('GET', '/tickets/search?customField1=cf_wa_id:447700900123')
    },
  },
  {
    name: 'a ticket is moved',
    run: async (desk) =>
      desk.api('POST', `/tickets/${await desk.ticket()}/move`, { departmentId: demoDepartmentIds.sales }),
  },
  {
    name: 'tickets are merged',
    run: async (desk) => desk.api('POST', `/tickets/${await desk.ticket()}/merge`, { ids: [await desk.ticket()] }),
  },
  {
    name: 'tickets are closed',
    run: async (desk) => desk.api('POST', '/closeTickets', { ids: [await desk.ticket()] }),
  },
  {
    name: 'tickets are spam',
    run: async (desk) => desk.api('POST', '/tickets/markSpam', { ids: [await desk.ticket()], isSpam: true }),
  },
  {
    name: 'tickets go to the bin',
    run: async (desk) => desk.api('POST', '/tickets/moveToTrash', { ticketIds: [await desk.ticket()] }),
  },
  { name: 'tags', run: tagTicket },
  { name: 'a comment', run: (desk) => comment(desk) },
  {
    name: 'a public comment in HTML',
    run: (desk) => comment(desk, { content: '<b>Hello</b>', contentType: 'html', isPublic: true }),
  },
  {
    name: 'a comment with files',
    run: async (desk) => comment(desk, { attachmentIds: [idOf(await desk.upload('/uploads', file('a.txt')))] }),
  },
  { name: 'comments are read', run: readComments },
  {
    name: 'a comment is changed and deleted',
    run: async (desk) => {
      const { path, id } = await comment(desk)
      await desk.api('PATCH', `${path}/${id}`, { content: 'Hello again' })
      await desk.api('DELETE', `${path}/${id}`)
    },
  },
  { name: 'files of a ticket', run: attachToTicket },
  { name: 'a contact', run: createAndChangeContact },
  { name: 'contacts are searched', run: searchContacts },
  {
    name: 'contacts are listed and read',
    run: async (desk) => {
      await desk.api('GET', '/contacts?include=accounts&limit=5&sortBy=-createdTime')
      await desk.api('GET', `/contacts/${CONTACT}?include=accounts,owner`)
    },
  },
  { name: 'the organisation', run: readOrganisation },
]

async function createTicketWithEverything(desk: DeskCaller): Promise<void> {
  await desk.settings({ customFields: ['cf_wa_id'] })
  await desk.ticket({
    channel: 'WhatsApp',
    description: '<div>Hello</div>',
    status: 'Open',
    priority: 'High',
    category: 'Orders',
    subCategory: 'Late',
    classification: 'Question',
    language: 'English',
    phone: '+44 20 7946 0555',
    email: 'sakura.tanaka@example.com',
    assigneeId: demoAgentIds.ken,
    dueDate: '2027-01-01T10:00:00.000Z',
    cf: { cf_wa_id: '447700900123' },
  })
}

async function changeTicket(desk: DeskCaller): Promise<void> {
  const path = `/tickets/${await desk.ticket()}`
  await desk.api('PATCH', path, { status: 'Closed' })
  await desk.api('PATCH', path, { status: 'Open', subject: 'Still waiting', assigneeId: demoAgentIds.ken })
  await desk.api('PATCH', path, { contactId: OTHER_CONTACT, resolution: 'It came.' })
  await desk.api('PATCH', path, { sharedDepartments: [{ id: demoDepartmentIds.sales, type: 'READ_ONLY' }] })
  await desk.api('PATCH', path, { uploads: [idOf(await desk.upload('/uploads', file('b.txt')))] })
}

async function listTickets(desk: DeskCaller): Promise<void> {
  await desk.ticket({ assigneeId: demoAgentIds.ken })
  await desk.api('GET', '/tickets')
  await desk.api('GET', `/tickets?departmentIds=${demoDepartmentIds.support},${demoDepartmentIds.sales}&limit=5`)
  await desk.api(
    'GET',
    `/tickets?departmentId=${demoDepartmentIds.support}&include=contacts,products,departments,team,assignee`,
  )
  await desk.api('GET', '/tickets?status=Closed&channel=Email&from=50')
}

async function tagTicket(desk: DeskCaller): Promise<void> {
  const path = `/tickets/${await desk.ticket()}`
  await desk.api('GET', `${path}/tags`)
  await desk.api('POST', `${path}/associateTag`, { tags: ['late', 'vip'] })
  await desk.api('GET', `${path}/tags`)
  await desk.api('POST', `${path}/dissociateTag`, { tags: ['late'] })
}

async function readComments(desk: DeskCaller): Promise<void> {
  const { path, id } = await comment(desk, { attachmentIds: [idOf(await desk.upload('/uploads', file('c.txt')))] })
  await desk.api('GET', path)
  await desk.api('GET', `${path}?sortBy=-commentedTime&limit=10&from=0&include=mentions`)
  await desk.api('GET', `${path}/${id}`)
  await desk.api('GET', `/tickets/${await desk.ticket()}/comments`)
}

async function attachToTicket(desk: DeskCaller): Promise<void> {
  const path = `/tickets/${await desk.ticket()}/attachments`
  await desk.api('GET', path)
  await desk.upload(`${path}?isPublic=false`, file('d.txt'))
  await desk.api('GET', `${path}?limit=10`)
}

async function createAndChangeContact(desk: DeskCaller): Promise<void> {
  const known = { firstName: 'Bo', phone: '+44 20 7946 0777', mobile: '+44 7700 900777', email: 'bo@example.com' }
  const id = idOf(await desk.api('POST', '/contacts', { lastName: 'Berg', description: 'From a chat', ...known }))
  await desk.api('POST', '/contacts', { lastName: 'Nobody' })
  await desk.api('PATCH', `/contacts/${id}`, { phone: '+44 20 7946 0778' })
  await desk.api('POST', '/contacts/moveToTrash', { contactIds: [id] })
}

async function searchContacts(desk: DeskCaller): Promise<void> {
  await desk.api('GET', '/contacts/search?phone=*912345678*,*5511912345678*&limit=10')
  await desk.api('GET', '/contacts/search?mobile=*1234*&sortBy=modifiedTime')
  await desk.api('GET', '/contacts/search?email=sakura*')
  await desk.api('GET', '/contacts/search?lastName=Tanaka&sortBy=-createdTime&limit=50')
  await desk.api('GET', '/contacts/search?_all=nobody-at-all')
}

async function readOrganisation(desk: DeskCaller): Promise<void> {
  const agent = `/agents/${demoAgentIds.ana}`
  await desk.api('GET', '/organizations')
  await desk.api('GET', '/accessibleOrganizations')
  await desk.api('GET', `/organizations/${demoPortal.orgId}`)
  await desk.api('GET', '/departments?isEnabled=true&limit=200')
  await desk.api('GET', `/departments/${demoDepartmentIds.support}`)
  await desk.api('GET', '/agents?status=ACTIVE&limit=200&include=profile,role')
  await desk.api('GET', agent)
  await desk.api('GET', `${agent}?include=profile,role,associatedDepartments,associatedChatDepartments,verifiedEmails`)
  await desk.api('GET', '/myinfo?include=profile,role,associatedDepartments,associatedChatDepartments')
  await desk.api('GET', '/channels')
  await desk.api('GET', '/businessHours?status=ACTIVE')
}

/** Refusals of every kind. */
export const refusedSteps: readonly DeskStep[] = [
  { name: 'no token', run: (desk) => desk.send('/api/v1/tickets', {}) },
  {
    name: 'a wrong token',
    run: (desk) => desk.api('GET', '/tickets', undefined, { Authorization: 'Zoho-oauthtoken 1' }),
  },
  { name: 'no organisation', run: (desk) => desk.api('GET', '/tickets', undefined, { orgId: '' }) },
  { name: 'another organisation', run: (desk) => desk.api('GET', '/tickets', undefined, { orgId: '60000002' }) },
  { name: 'no such address', run: (desk) => desk.api('GET', '/nothing') },
  { name: 'no such method', run: (desk) => desk.api('DELETE', '/tickets') },
  { name: 'no such ticket', run: (desk) => desk.api('GET', '/tickets/1') },
  { name: 'no such contact', run: (desk) => desk.api('PATCH', '/contacts/1', { phone: '1' }) },
  {
    name: 'an empty body',
    run: (desk) => desk.api('POST', '/tickets', undefined, { 'content-type': 'application/json' }),
  },
  { name: 'missing fields', run: (desk) => desk.api('POST', '/tickets', {}) },
  { name: 'an unknown field', run: (desk) => desk.api('POST', '/contacts', { lastName: 'Berg', shoeSize: '44' }) },
  { name: 'a wrong type', run: (desk) => desk.api('POST', '/contacts', { lastName: ['Berg'] }) },
  {
    name: 'a subject too long',
    run: (desk) => desk.api('POST', '/tickets', wrongTicket({ subject: 'x'.repeat(1001) })),
  },
  { name: 'a contact of nobody', run: (desk) => desk.api('POST', '/tickets', wrongTicket({ contactId: '1' })) },
  { name: 'another media type', run: (desk) => desk.api('POST', '/contacts', {}, { 'content-type': 'text/plain' }) },
  { name: 'an unknown parameter', run: (desk) => desk.api('GET', '/tickets?colour=red') },
  { name: 'a limit out of range', run: (desk) => desk.api('GET', '/tickets?limit=1000') },
  {
    name: 'a comment too long',
    run: async (desk) => {
      const path = `/tickets/1/comments`
      await desk.api('POST', path, { content: 'x'.repeat(32_001) })
    },
  },
  { name: 'an upload without a file', run: (desk) => desk.upload('/uploads', undefined) },
]

function wrongTicket(fields: object): object {
  return { subject: 'Hello', departmentId: demoDepartmentIds.support, contactId: CONTACT, ...fields }
}
