import { beforeAll, describe, expect, it } from 'vitest'
import { demoDepartmentIds, demoMeta } from '../sandbox/demo.ts'
import { Contracts, contractsFolder, describeProblem } from './contracts.ts'
import type { Exchange } from './contracts.ts'

const folder = contractsFolder()

const desk = (method: string, path: string, more: Partial<Exchange>): Exchange => ({
  platform: 'desk',
  method,
  path: `/api/v1${path}`,
  query: {},
  headers: { orgid: '60000001' },
  requestBody: null,
  status: 200,
  answer: null,
  ...more,
})

const ticket = { subject: 'Hello', departmentId: demoDepartmentIds.support, contactId: '1' }
const newTicket = (change: object): Exchange =>
  desk('POST', '/tickets', { requestBody: { ...ticket, ...change }, answer: { id: '1' } })
const ticketAnswer = (answer: unknown): Exchange => desk('GET', '/tickets/1', { answer })
const commentOn = (requestBody: object): Exchange =>
  desk('POST', '/tickets/1/comments', { requestBody, answer: { id: '1' } })
const refusal = (status: number, answer: unknown): Exchange => desk('GET', '/tickets/1', { status, answer })

/** Wrong calls of Desk, with what the check must say about them. */
const deskPlants: readonly [name: string, exchange: Exchange, said: RegExp][] = [
  ['a ticket without a subject', newTicket({ subject: undefined }), /required property 'subject'/],
  ['a ticket of nobody', newTicket({ contactId: undefined }), /required property 'contactId'/],
  ['a contact without a name', newTicket({ contact: { phone: '1' } }), /\/contact: .* 'lastName'/],
  ['a subject too long', newTicket({ subject: 'x'.repeat(1001) }), /\/subject: .*1000/],
  ['a field nobody knows', newTicket({ whatsapp: true }), /\/whatsapp: is not in the contract/],
  ['an id that is none', newTicket({ contactId: 'abc' }), /\/contactId: .*pattern/],
  ['a wrong kind of text', commentOn({ content: 'x', contentType: 'markdown' }), /\/contentType: .*allowed values/],
  ['a comment too long', commentOn({ content: 'x'.repeat(32_001) }), /\/content: .*32000/],
  ['a comment without words', commentOn({ isPublic: false }), /required property 'content'/],
  ['a flag as text', commentOn({ content: 'x', isPublic: 'false' }), /\/isPublic: must be boolean/],
  ['files that are no list', commentOn({ content: 'x', attachmentIds: '1' }), /\/attachmentIds: must be/],
  ['a number as id', ticketAnswer({ id: 1 }), /answer \/id: must be string/],
  ['a time that is none', ticketAnswer({ createdTime: 'yesterday' }), /answer \/createdTime: .*pattern/],
  ['a member nobody knows', ticketAnswer({ id: '1', colour: 'red' }), /answer \/colour: is not in the contract/],
  ['a nested member nobody knows', ticketAnswer({ source: { colour: 'red' } }), /\/source\/colour: is not/],
  ['a list as a ticket', ticketAnswer([]), /answer \/: must be/],
  ['no ticket', ticketAnswer(null), /^(?!$)/],
  ['another status', desk('POST', '/tickets', { requestBody: ticket, status: 201, answer: { id: '1' } }), /status 201/],
  ['an error without a code', refusal(404, { message: 'No.' }), /required property 'errorCode'/],
  ['an error of another kind', refusal(404, { error: 'not_found' }), /required property 'errorCode'/],
  ['an unknown error', refusal(404, { errorCode: 'GONE', message: 'No.' }), /\/errorCode: .*allowed values/],
  ['a status no refusal has', refusal(418, { errorCode: 'FORBIDDEN', message: 'No.' }), /status 418/],
  ['invalid data without saying which', refusal(422, { errorCode: 'INVALID_DATA', message: 'No.' }), /'errors'/],
  ['an unknown parameter', desk('GET', '/tickets/1', { query: { colour: 'red' }, answer: {} }), /query colour/],
  ['a limit too high', desk('GET', '/contacts', { query: { limit: '1000' }, answer: { data: [] } }), /query limit/],
  ['a wrong include', desk('GET', '/tickets/1', { query: { include: 'all' }, answer: {} }), /query include\/0/],
  ['no organisation', { ...ticketAnswer({ id: '1' }), headers: {} }, /header orgId: is required/],
  ['a call nobody knows', desk('GET', '/whatsapp', { answer: {} }), /neither described nor listed/],
  ['a method nobody knows', desk('PUT', '/tickets/1', { answer: {} }), /neither described nor listed/],
  ['a body where none belongs', desk('GET', '/tickets/1', { requestBody: { a: 1 }, answer: {} }), /has no body here/],
  ['an upload that is no form', desk('POST', '/uploads', { requestBody: { file: 'x' }, answer: {} }), /must be a form/],
  [
    'an answer where none belongs',
    desk('POST', '/closeTickets', { requestBody: { ids: ['1'] }, answer: {} }),
    /has no body/,
  ],
]

const meta = (more: Partial<Exchange>): Exchange => ({
  platform: 'meta',
  method: 'POST',
  path: `/v25.0/${demoMeta.phoneNumberId}/messages`,
  query: {},
  requestBody: { messaging_product: 'whatsapp', to: '+447700900123', type: 'text', text: { body: 'Hello' } },
  status: 200,
  answer: { messaging_product: 'whatsapp', contacts: [], messages: [{ id: 'wamid.1' }] },
  ...more,
})

const send = (change: object): Exchange =>
  meta({ requestBody: { messaging_product: 'whatsapp', to: '+447700900123', ...change } })
const interactive = (value: object): Exchange => send({ type: 'interactive', interactive: value })
const button = { type: 'reply', reply: { id: 'a', title: 'A' } }
const get = (path: string, answer: unknown, more: Partial<Exchange> = {}): Exchange =>
  meta({ method: 'GET', path: `/v25.0/${path}`, requestBody: null, answer, ...more })

/** Wrong calls of the Graph API. */
const metaPlants: readonly [name: string, exchange: Exchange, said: RegExp][] = [
  ['no product', meta({ requestBody: { to: '1', type: 'text', text: { body: 'x' } } }), /'messaging_product'/],
  ['nobody to send to', send({ to: undefined, type: 'text', text: { body: 'x' } }), /'to'/],
  ['a number as recipient', send({ to: 447700900123, type: 'text', text: { body: 'x' } }), /\/to: must be string/],
  ['another type', send({ type: 'fax', fax: {} }), /\/type: .*allowed values/],
  ['the object of another type', send({ type: 'image', text: { body: 'x' } }), /required property 'image'/],
  [
    'a member nobody knows',
    send({ type: 'text', text: { body: 'x' }, sender: 'y' }),
    /\/sender: is not in the contract/,
  ],
  ['a misspelt member', send({ type: 'text', text: { body: 'x', preview: true } }), /\/text\/preview: is not/],
  ['an image by id and link', send({ type: 'image', image: { id: '1', link: 'https://a.b' } }), /exactly one/],
  ['an image of nothing', send({ type: 'image', image: { caption: 'x' } }), /\/image: .*'id'/],
  [
    'coordinates as text',
    send({ type: 'location', location: { latitude: '1', longitude: 2 } }),
    /latitude: must be number/,
  ],
  ['a template without language', send({ type: 'template', template: { name: 'x' } }), /'language'/],
  [
    'four buttons',
    interactive({ type: 'button', body: { text: 'x' }, action: { buttons: [button, button, button, button] } }),
    /action/,
  ],
  [
    'callback data too long',
    send({ type: 'text', text: { body: 'x' }, biz_opaque_callback_data: 'x'.repeat(513) }),
    /512/,
  ],
  [
    'typing something else',
    meta({
      requestBody: {
        messaging_product: 'whatsapp',
        status: 'read',
        message_id: 'w',
        typing_indicator: { type: 'voice' },
      },
      answer: { success: true },
    }),
    /typing_indicator\/type/,
  ],
  ['an answer with a number as id', meta({ answer: { messages: [{ id: 1 }] } }), /\/messages\/0\/id: must be string/],
  ['an answer with more', meta({ answer: { messages: [{ id: 'w', cost: 1 }] } }), /\/messages\/0\/cost: is not/],
  ['an error without a code', meta({ status: 400, answer: { error: { message: 'm', type: 't' } } }), /'code'/],
  ['an error of another kind', meta({ status: 400, answer: { errorCode: 'BAD' } }), /required property 'error'/],
  [
    'a status no refusal has',
    meta({ status: 418, answer: { error: { message: 'm', type: 't', code: 1 } } }),
    /status 418/,
  ],
  ['a number’s wrong quality', get(demoMeta.phoneNumberId, { id: '1', quality_rating: 'BLUE' }), /quality_rating/],
  ['an object nobody knows', get('12345', { id: '12345' }), /neither described nor listed/],
  ['an edge nobody knows', get(`${demoMeta.phoneNumberId}/colour`, {}), /neither described nor listed/],
  ['an unknown parameter', get(demoMeta.wabaId, { id: '1', name: 'n' }, { query: { colour: 'red' } }), /query colour/],
]

const value = (more: object): object => ({
  messaging_product: 'whatsapp',
  metadata: { display_phone_number: '442079460101', phone_number_id: '800100' },
  ...more,
})
const webhook = (inner: object, field = 'messages'): unknown => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '700100', changes: [{ field, value: value(inner) }] }],
})
const message = (change: object): unknown =>
  webhook({
    contacts: [{ profile: { name: 'Bo' }, wa_id: '447700900123' }],
    messages: [
      { from: '447700900123', id: 'wamid.1', timestamp: '1790000000', type: 'text', text: { body: 'Hi' }, ...change },
    ],
  })
const status = (change: object): unknown =>
  webhook({
    statuses: [{ id: 'wamid.1', status: 'sent', timestamp: '1790000000', recipient_id: '447700900123', ...change }],
  })

/** Wrong webhooks. */
const webhookPlants: readonly [name: string, body: unknown, said: RegExp][] = [
  ['no entry', { object: 'whatsapp_business_account' }, /'entry'/],
  ['a field nobody knows', webhook({ messages: [] }, 'gossip'), /\/field: .*allowed values/],
  ['neither message nor status', webhook({}), /must match a schema in anyOf/],
  [
    'no metadata',
    { object: 'x', entry: [{ id: '1', changes: [{ field: 'messages', value: { statuses: [] } }] }] },
    /'metadata'/,
  ],
  ['a time as number', message({ timestamp: 1_790_000_000 }), /\/timestamp: must be string/],
  ['no id', message({ id: undefined }), /required property 'id'/],
  ['a kind nobody knows', message({ type: 'hologram' }), /\/type: .*allowed values/],
  ['the object of another kind', message({ type: 'image' }), /required property 'image'/],
  ['a member nobody knows', message({ mood: 'good' }), /\/mood: is not in the contract/],
  [
    'an image without its hash',
    message({ type: 'image', text: undefined, image: { id: '1', mime_type: 'image/png' } }),
    /'sha256'/,
  ],
  [
    'coordinates as text',
    message({ type: 'location', text: undefined, location: { latitude: '1', longitude: 2 } }),
    /latitude/,
  ],
  ['a status nobody knows', status({ status: 'seen' }), /\/status: .*allowed values/],
  ['a wrong pricing type', status({ pricing: { type: 'gift' } }), /\/pricing\/type/],
  ['a status with more', status({ mood: 'good' }), /\/mood: is not in the contract/],
]

describe.skipIf(folder === undefined)('the check finds', () => {
  let contracts: Contracts

  beforeAll(() => {
    contracts = new Contracts(folder ?? '')
  })

  it.each([...deskPlants, ...metaPlants])('%s', (_name, exchange, said) => {
    expect(contracts.checkExchange(exchange).map(describeProblem).join('\n')).toMatch(said)
  })

  it.each(webhookPlants)('a webhook with %s', (_name, body, said) => {
    expect(contracts.checkWebhook(body).map(describeProblem).join('\n')).toMatch(said)
  })

  it('no fault in the same calls without the plants', () => {
    const good = [newTicket({}), commentOn({ content: 'x', isPublic: false }), ticketAnswer({ id: '1' }), meta({})]
    expect(good.flatMap((exchange) => contracts.checkExchange(exchange))).toEqual([])
    expect([message({}), status({})].flatMap((body) => contracts.checkWebhook(body))).toEqual([])
  })

  it('a wrong request that was refused only where the product made it', () => {
    const answer = { errorCode: 'UNPROCESSABLE_ENTITY', message: 'No.' }
    const refused = { ...newTicket({ subject: undefined }), status: 422, answer }
    expect(contracts.checkExchange(refused)).toEqual([])
    expect(contracts.checkExchange(refused, { refusedRequests: true })).toHaveLength(1)
  })

  it('nothing in an answer that was lost', () => {
    expect(contracts.checkExchange({ ...ticketAnswer(null), status: 0 })).toEqual([])
  })
})
