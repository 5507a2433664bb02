import { describe, expect, it } from 'vitest'
import { demoAgentIds, demoPortal } from '../../demo.ts'
import { DeskKit, items, problems, textLike } from '../testkit.ts'

const [sakura, bruno] = demoPortal.contacts

describe('creating', () => {
  it('gives the contact with a 19-digit id as a string', async () => {
    const kit = await DeskKit.signedIn()
    const answer = await kit.api('POST', '/contacts', { lastName: 'Customer', firstName: 'A', mobile: '+15550100' })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      id: textLike(/^\d{19}$/),
      lastName: 'Customer',
      firstName: 'A',
      mobile: '+15550100',
      phone: null,
      email: null,
      ownerId: demoAgentIds.ana,
      isSpam: false,
      cf: {},
    })
    expect(answer.body.createdTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  })

  it.each([
    ['/lastName missing', { firstName: 'A' }],
    ['/lastName missing', { lastName: '' }],
    ['/lastName missing', { lastName: null }],
    ['/lastName invalid', { lastName: 'x'.repeat(201) }],
    ['/lastName invalid', { lastName: 5 }],
    ['/firstName invalid', { lastName: 'A', firstName: 'x'.repeat(41) }],
    ['/phone invalid', { lastName: 'A', phone: '1'.repeat(51) }],
    ['/mobile invalid', { lastName: 'A', mobile: '1'.repeat(51) }],
    ['/email invalid', { lastName: 'A', email: 'nobody' }],
    ['/email duplicate', { lastName: 'A', email: 'SAKURA.tanaka@example.com' }],
    ['/ownerId invalid', { lastName: 'A', ownerId: '1' }],
    ['/accountId invalid', { lastName: 'A', accountId: '1' }],
    ['/cf/cf_wa_id invalid', { lastName: 'A', cf: { cf_wa_id: '1' } }],
  ])('refuses with %s', async (problem, body) => {
    const answer = await (await DeskKit.signedIn()).api('POST', '/contacts', body)
    expect([answer.status, answer.body.errorCode]).toEqual([422, 'INVALID_DATA'])
    expect(problems(answer)).toEqual([problem])
  })

  it('refuses a field that does not exist', async () => {
    const answer = await (await DeskKit.signedIn()).api('POST', '/contacts', { lastName: 'A', nickname: 'B' })
    expect(answer.body.errorCode).toBe('UNPROCESSABLE_ENTITY')
  })

  it('keeps a custom field that exists', async () => {
    const kit = await DeskKit.signedIn()
    await kit.control('settings', { customFields: ['cf_wa_id'] })
    const answer = await kit.api('POST', '/contacts', { lastName: 'A', cf: { cf_wa_id: '15550100' } })
    expect(answer.body.cf).toEqual({ cf_wa_id: '15550100' })
  })

  it('refuses a light agent', async () => {
    const kit = new DeskKit()
    await kit.signIn({ orgId: demoPortal.orgId, agentId: demoAgentIds.max })
    expect((await kit.api('POST', '/contacts', { lastName: 'A' })).body.errorCode).toBe('FORBIDDEN')
  })
})

describe('reading and changing', () => {
  it('answers 404 for another organisation’s contact', async () => {
    const kit = await DeskKit.signedIn()
    for (const method of ['GET', 'PATCH']) {
      const answer = await kit.api(method, '/contacts/1800000009200', method === 'GET' ? undefined : { phone: '1' })
      expect([answer.status, answer.body.errorCode]).toEqual([404, 'URL_NOT_FOUND'])
    }
  })

  it('changes what was sent and leaves the rest', async () => {
    const kit = await DeskKit.signedIn()
    const answer = await kit.api('PATCH', `/contacts/${sakura?.id}`, { phone: '+81 3 1234 5678' })
    expect(answer.body).toMatchObject({ phone: '+81 3 1234 5678', mobile: sakura?.mobile, lastName: 'Tanaka' })
    const emptied = await kit.api('PATCH', `/contacts/${sakura?.id}`, { lastName: '' })
    expect(problems(emptied)).toEqual(['/lastName missing'])
  })

  it('hides a contact in the recycle bin from search, lists and tickets', async () => {
    const kit = new DeskKit()
    await kit.signIn(
      { orgId: demoPortal.orgId, agentId: demoAgentIds.ana },
      { scopes: ['Desk.contacts.ALL', 'Desk.search.READ', 'Desk.tickets.ALL'] },
    )
    expect((await kit.api('POST', '/contacts/moveToTrash', { contactIds: [bruno?.id] })).status).toBe(204)
    expect((await kit.api('GET', '/contacts/search?lastName=Silva')).status).toBe(204)
    const ticket = { subject: 'x', departmentId: '1800000000100', contactId: bruno?.id }
    expect(problems(await kit.api('POST', '/tickets', ticket))).toEqual(['/contactId invalid'])
    expect((await kit.api('GET', `/contacts/${bruno?.id}`)).body.isTrashed).toBe(true)
  })
})

describe('searching', () => {
  const found = async (query: Record<string, string>): Promise<unknown[]> => {
    const kit = await DeskKit.signedIn()
    const answer = await kit.api('GET', `/contacts/search?${new URLSearchParams(query)}`)
    expect(answer.status).toBe(items(answer).length === 0 ? 204 : 200)
    return items(answer).map((contact) => contact.id)
  }

  it('compares a number as it is written: another form finds nothing', async () => {
    expect(await found({ mobile: '+81 90-1234-5678' })).toEqual([sakura?.id])
    expect(await found({ mobile: '+819012345678' })).toEqual([])
    expect(await found({ phone: '+81 90-1234-5678' })).toEqual([])
  })

  it('takes several forms and wildcards', async () => {
    expect(await found({ mobile: '+819012345678,+81 90-1234-5678' })).toEqual([sakura?.id])
    expect(await found({ phone: '*91234-5678' })).toEqual([bruno?.id])
    expect(await found({ phone: '${empty}', mobile: '${empty}' })).toEqual(['1800000000202'])
    expect(await found({ mobile: '${notempty}' })).toEqual([sakura?.id])
  })

  it('finds words of the name anywhere', async () => {
    expect(await found({ _all: 'sakura' })).toEqual([sakura?.id])
    expect(await found({ fullName: 'Sakura Tanaka' })).toEqual([sakura?.id])
    expect(await found({ _all: 'akur' })).toEqual([])
  })

  it('never finds another organisation’s contact', async () => {
    expect(await found({ lastName: 'Other' })).toEqual([])
  })

  it('lags behind writes when it is told to', async () => {
    const kit = await DeskKit.signedIn()
    await kit.control('settings', { searchLagMs: 5_000 })
    const { body } = await kit.api('POST', '/contacts', { lastName: 'New', mobile: '+15550100' })
    const search = () => kit.api('GET', '/contacts/search?mobile=%2B15550100')
    expect((await search()).status).toBe(204)
    expect((await kit.api('GET', `/contacts/${String(body.id)}`)).status).toBe(200)
    kit.clock.advance(5_000)
    expect(items(await search()).map((contact) => contact.id)).toEqual([body.id])
    await kit.api('PATCH', `/contacts/${String(body.id)}`, { mobile: '+15550199' })
    expect(items(await search())).toHaveLength(1)
    kit.clock.advance(5_000)
    expect((await search()).status).toBe(204)
  })
})
