import { describe, expect, it } from 'vitest'
import { demoAgentIds, demoDepartmentIds, demoPortal } from '../../demo.ts'
import { DeskKit, anyText, items, problems, textLike } from '../testkit.ts'

const [sakura, bruno] = demoPortal.contacts
const { support, sales } = demoDepartmentIds
const complete = { subject: 'Hello', departmentId: support, contactId: sakura?.id }
const everything = ['Desk.tickets.ALL', 'Desk.contacts.ALL', 'Desk.search.READ', 'Desk.basic.ALL']

async function kitOf(agentId: string): Promise<DeskKit> {
  const kit = new DeskKit()
  await kit.signIn({ orgId: demoPortal.orgId, agentId }, { scopes: everything })
  return kit
}

describe('creating', () => {
  it('gives an open ticket with counts as strings and times in milliseconds', async () => {
    const kit = await DeskKit.signedIn()
    const answer = await kit.api('POST', '/tickets', { ...complete, channel: 'WhatsApp', description: 'Hi' })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      id: textLike(/^\d{19}$/),
      ticketNumber: '101',
      status: 'Open',
      statusType: 'Open',
      channel: 'WhatsApp',
      channelCode: null,
      description: 'Hi',
      assigneeId: null,
      threadCount: '0',
      commentCount: '0',
      attachmentCount: '0',
      isSpam: false,
      isTrashed: false,
      source: { type: 'SYSTEM' },
    })
    expect(answer.body.webUrl).toContain(String(answer.body.id))
  })

  it.each([
    ['/subject missing', { subject: undefined }],
    ['/subject missing', { subject: '' }],
    ['/subject invalid', { subject: 'x'.repeat(1001) }],
    ['/description invalid', { description: 'x'.repeat(65_536) }],
    ['/departmentId missing', { departmentId: null }],
    ['/departmentId invalid', { departmentId: '1' }],
    ['/departmentId invalid', { departmentId: 'Support' }],
    ['/departmentId invalid', { departmentId: demoDepartmentIds.other }],
    ['/contactId missing', { contactId: undefined }],
    ['/contactId invalid', { contactId: '1' }],
    ['/contactId invalid', { contactId: '1800000009200' }],
    ['/phone invalid', { phone: '1'.repeat(121) }],
    ['/email invalid', { email: `${'x'.repeat(140)}@example.com` }],
    ['/status invalid', { status: 'Answered' }],
    ['/priority invalid', { priority: 'Now' }],
    ['/classification invalid', { classification: 'Chat' }],
    ['/dueDate invalid', { dueDate: 'tomorrow' }],
    ['/assigneeId invalid', { assigneeId: demoAgentIds.lea }],
    ['/assigneeId invalid', { assigneeId: demoAgentIds.dan }],
    ['/productId invalid', { productId: '1' }],
    ['/cf/cf_x invalid', { cf: { cf_x: '1' } }],
    ['/contact/lastName missing', { contactId: undefined, contact: { email: 'a@example.com' } }],
    ['/contact/email missing', { contactId: undefined, contact: { lastName: 'A' } }],
  ])('refuses with %s', async (problem, changes) => {
    const answer = await (await DeskKit.signedIn()).api('POST', '/tickets', { ...complete, ...changes })
    expect([answer.status, answer.body.errorCode]).toEqual([422, 'INVALID_DATA'])
    expect(problems(answer)).toEqual([problem])
  })

  it('names every problem at once', async () => {
    const answer = await (await DeskKit.signedIn()).api('POST', '/tickets', { priority: 'Now' })
    expect(problems(answer).toSorted()).toEqual(['/departmentId missing', '/priority invalid', '/subject missing'])
  })

  it('refuses a made-up channel only where the settings say so', async () => {
    const kit = await DeskKit.signedIn()
    await kit.control('settings', { channels: ['Email', 'Phone'] })
    const answer = await kit.api('POST', '/tickets', { ...complete, channel: 'WhatsApp' })
    expect(problems(answer)).toEqual(['/channel invalid'])
  })

  it('makes the contact inside the body, or takes the one with this address', async () => {
    const kit = await DeskKit.signedIn()
    const make = (contact: object) => kit.api('POST', '/tickets', { subject: 'x', departmentId: support, contact })
    expect((await make({ lastName: 'T', email: 'Sakura.Tanaka@example.com' })).body.contactId).toBe(sakura?.id)
    const fresh = await make({ lastName: 'New', phone: '+15550100' })
    const contact = await kit.api('GET', `/contacts/${String(fresh.body.contactId)}`)
    expect(contact.body).toMatchObject({ lastName: 'New', phone: '+15550100' })
  })

  it('cleans the description’s HTML', async () => {
    const kit = await DeskKit.signedIn()
    const description =
      '<p onclick="x()">Hi <script>alert(1)</script><img src=x onerror=y><a href="javascript:z">link</a> 1 < 2</p>'
    const answer = await kit.api('POST', '/tickets', { ...complete, description })
    expect(answer.body.description).toBe('<p>Hi <a>link</a> 1 &lt; 2</p>')
  })

  it('refuses a department that is not the agent’s, and light agents', async () => {
    const ken = await kitOf(demoAgentIds.ken)
    expect((await ken.api('POST', '/tickets', { ...complete, departmentId: sales })).body.errorCode).toBe('FORBIDDEN')
    const max = await kitOf(demoAgentIds.max)
    expect((await max.api('POST', '/tickets', complete)).body.errorCode).toBe('FORBIDDEN')
  })
})

describe('reading', () => {
  it('includes what is asked for', async () => {
    const kit = await DeskKit.signedIn()
    const id = await kit.ticket()
    const answer = await kit.api('GET', `/tickets/${id}?include=contacts,assignee,departments`)
    expect(answer.body).toMatchObject({ contact: { id: sakura?.id }, assignee: null, department: { name: 'Support' } })
  })

  it('refuses another department’s ticket and does not list it', async () => {
    const ana = await DeskKit.signedIn()
    const id = await ana.ticket({ departmentId: sales })
    await ana.signIn({ orgId: demoPortal.orgId, agentId: demoAgentIds.ken })
    const answer = await ana.api('GET', `/tickets/${id}`)
    expect([answer.status, answer.body.errorCode]).toEqual([403, 'FORBIDDEN'])
    expect((await ana.api('GET', '/tickets')).status).toBe(204)
  })

  it('lists a contact’s tickets, newest first, without bin and spam', async () => {
    const kit = await kitOf(demoAgentIds.ana)
    const ids: string[] = []
    for (let count = 0; count < 4; count += 1) {
      ids.push(await kit.ticket())
      kit.clock.advance(1_000)
    }
    await kit.ticket({ contactId: bruno?.id })
    await kit.api('POST', '/tickets/moveToTrash', { ticketIds: [ids[0]] })
    await kit.api('POST', '/tickets/markSpam', { ids: [ids[1]], isSpam: true })
    const path = `/contacts/${sakura?.id}/tickets`
    expect(items(await kit.api('GET', path)).map((ticket) => ticket.id)).toEqual([ids[3], ids[2]])
    expect(items(await kit.api('GET', `${path}?isSpam=true`)).map((ticket) => ticket.id)).toEqual([ids[1]])
    const second = await kit.api('GET', `${path}?sortBy=createdTime&from=1&limit=1`)
    expect(items(second).map((ticket) => ticket.id)).toEqual([ids[3]])
    expect((await kit.api('GET', '/contacts/1/tickets')).status).toBe(404)
  })

  it('searches by contact, status and tag', async () => {
    const kit = await kitOf(demoAgentIds.ana)
    const open = await kit.ticket()
    const closed = await kit.ticket({ status: 'Closed' })
    await kit.api('POST', `/tickets/${closed}/associateTag`, { tags: ['whatsapp'] })
    const search = async (query: string) => items(await kit.api('GET', `/tickets/search?${query}`)).map(({ id }) => id)
    expect(await search(`contactId=${sakura?.id}&status=${encodeURIComponent('${open}')}`)).toEqual([open])
    expect(await search('tag=whatsapp')).toEqual([closed])
    expect(await search('status=Closed&_all=parcel*')).toEqual([closed])
    expect(await search(`contactId=${bruno?.id}`)).toEqual([])
  })
})

describe('changing', () => {
  it('moves between open, on hold and closed', async () => {
    const kit = await DeskKit.signedIn()
    const id = await kit.ticket()
    const set = (status: string) => kit.api('PATCH', `/tickets/${id}`, { status })
    expect((await set('On Hold')).body).toMatchObject({ statusType: 'On Hold', closedTime: null })
    expect((await set('Closed')).body).toMatchObject({
      statusType: 'Closed',
      closedTime: anyText,
      onholdTime: null,
    })
    expect((await set('Open')).body).toMatchObject({ statusType: 'Open', closedTime: null })
    expect(problems(await set('Gone'))).toEqual(['/status invalid'])
  })

  it('refuses departmentId in an update and an empty subject', async () => {
    const kit = await DeskKit.signedIn()
    const id = await kit.ticket()
    const moved = await kit.api('PATCH', `/tickets/${id}`, { departmentId: sales })
    expect(moved.body.errorCode).toBe('UNPROCESSABLE_ENTITY')
    expect(problems(await kit.api('PATCH', `/tickets/${id}`, { subject: '' }))).toEqual(['/subject missing'])
    expect((await kit.api('PATCH', '/tickets/1', { status: 'Open' })).status).toBe(404)
  })

  it('is shared with a department, whose agents then see it', async () => {
    const kit = await DeskKit.signedIn()
    const id = await kit.ticket({ departmentId: sales })
    const share = (entry: object) => kit.api('PATCH', `/tickets/${id}`, { sharedDepartments: [entry] })
    expect((await share({ id: support, type: 'READ_ONLY' })).body.sharedDepartments).toEqual([
      { id: support, type: 'READ_ONLY', name: 'Support' },
    ])
    expect(problems(await share({ id: support, type: 'ALL' }))).toEqual(['/sharedDepartments/type invalid'])
    expect(problems(await share({ id: '1', type: 'READ_ONLY' }))).toEqual(['/sharedDepartments invalid'])
    await kit.signIn({ orgId: demoPortal.orgId, agentId: demoAgentIds.ken })
    expect((await kit.api('GET', `/tickets/${id}`)).status).toBe(200)
  })

  it('moves to a department and lets go of an assignee who is not of it', async () => {
    const kit = await DeskKit.signedIn()
    const id = await kit.ticket({ assigneeId: demoAgentIds.ken })
    expect((await kit.api('POST', `/tickets/${id}/move`, { departmentId: sales })).status).toBe(200)
    expect((await kit.api('GET', `/tickets/${id}`)).body).toMatchObject({ departmentId: sales, assigneeId: null })
    expect(problems(await kit.api('POST', `/tickets/${id}/move`, { departmentId: '1' }))).toEqual([
      '/departmentId invalid',
    ])
    expect(problems(await kit.api('POST', `/tickets/${id}/move`, {}))).toEqual(['/departmentId missing'])
  })

  it('refuses every change in the recycle bin, reading says isTrashed', async () => {
    const kit = await kitOf(demoAgentIds.ana)
    const id = await kit.ticket()
    expect((await kit.api('POST', '/tickets/moveToTrash', { ticketIds: [id] })).status).toBe(204)
    expect((await kit.api('GET', `/tickets/${id}`)).body.isTrashed).toBe(true)
    const calls: [string, string, object][] = [
      ['PATCH', `/tickets/${id}`, { status: 'Open' }],
      ['POST', `/tickets/${id}/move`, { departmentId: sales }],
      ['POST', `/tickets/${id}/comments`, { content: 'x' }],
      ['POST', `/tickets/${id}/associateTag`, { tags: ['abc'] }],
    ]
    for (const [method, path, body] of calls) {
      expect((await kit.api(method, path, body)).body.errorCode).toBe('UNPROCESSABLE_ENTITY')
    }
  })

  it('merges: the others no longer exist, their comments live on', async () => {
    const kit = await kitOf(demoAgentIds.ana)
    const target = await kit.ticket()
    const other = await kit.ticket()
    await kit.api('POST', `/tickets/${other}/comments`, { content: 'kept' })
    expect((await kit.api('POST', `/tickets/${target}/merge`, { ids: [other] })).body).toMatchObject({
      commentCount: '1',
    })
    expect((await kit.api('GET', `/tickets/${other}`)).body.errorCode).toBe('URL_NOT_FOUND')
    expect((await kit.api('POST', `/tickets/${other}/comments`, { content: 'x' })).status).toBe(404)
    expect(items(await kit.api('GET', `/tickets/${target}/comments`)).map(({ content }) => content)).toEqual(['kept'])
    expect((await kit.api('POST', `/tickets/${target}/merge`, { ids: [target] })).body.errorCode).toBe(
      'UNPROCESSABLE_ENTITY',
    )
    expect(problems(await kit.api('POST', `/tickets/${target}/merge`, { ids: [other] }))).toEqual(['/ids invalid'])
  })

  it('closes several or none', async () => {
    const kit = await DeskKit.signedIn()
    const id = await kit.ticket()
    expect(problems(await kit.api('POST', '/closeTickets', { ids: [id, '1'] }))).toEqual(['/ids invalid'])
    expect((await kit.api('GET', `/tickets/${id}`)).body.status).toBe('Open')
    expect(problems(await kit.api('POST', '/closeTickets', { ids: [] }))).toEqual(['/ids missing'])
    expect(await kit.api('POST', '/closeTickets', { ids: [id] })).toMatchObject({ status: 200, text: '' })
    expect((await kit.api('GET', `/tickets/${id}`)).body.status).toBe('Closed')
  })
})
