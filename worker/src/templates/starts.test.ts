import { beforeEach, describe, expect, it } from 'vitest'
import type { StartConversationBody, TemplateView } from '../../../contract/index.ts'
import { startConversationBodySchema } from '../../../contract/index.ts'
import { rowsOf } from '../../test/rows.ts'
import { insert, seedConversation, seedNumber, seedOrganisation } from '../../test/seed.ts'
import type { DeskContact, DeskTicket } from '../desk/desk.types.ts'
import { failed, ok } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { OrgScope } from '../platform/scope.ts'
import { createQuotasRepo } from '../quotas/quotas.repo.ts'
import { createStartsRepo } from './starts.repo.ts'
import { readStartOptions } from './start-options.usecases.ts'
import type { Agent, StartPorts } from './starts.usecases.ts'
import { sendTemplate, startConversation } from './starts.usecases.ts'

const NOW = 1_790_000_000_000
const PHONE = '+447700900123'
const NUMBER = '800100'

const template: TemplateView = {
  name: 'order_ready',
  language: 'en_GB',
  category: 'utility',
  header: null,
  body: 'Hello {{1}}, your order is ready.',
  footer: null,
  buttons: [],
  variables: ['1'],
  samples: ['Sakura'],
  isFit: true,
  why: null,
}
const ticket: DeskTicket = {
  id: '301',
  ticketNumber: '101',
  subject: 'Where is it?',
  description: null,
  departmentId: '100',
  contactId: '9001',
  statusType: 'open',
  isSpam: false,
  isTrashed: false,
  isArchived: false,
  createdAt: NOW,
  closedAt: null,
}
const contact: DeskContact = {
  id: '9001',
  firstName: 'Sakura',
  lastName: 'Tanaka',
  phone: null,
  mobile: '07700 900123',
  description: null,
  isTrashed: false,
  isSpam: false,
  createdAt: NOW,
}
const ana: Agent = { id: '1', name: 'Ana', sees: { departments: ['100'] } }

let count = 0
let scope: OrgScope
let now: number
let wakes: string[]
let templates: TemplateView[]
let tickets: DeskTicket[]
let asked: number

beforeEach(async () => {
  count += 1
  now = NOW
  wakes = []
  templates = [template]
  tickets = [ticket]
  asked = 0
  scope = await seedOrganisation({ orgId: `org_${String(count).padStart(20, 's')}`, portalId: `91${count}` })
  await seedNumber(scope, { phoneNumberId: `${NUMBER}${count}`, departmentId: '100' })
})

function ports(): StartPorts {
  return {
    repo: createStartsRepo(scope),
    quotas: createQuotasRepo(scope),
    desk: {
      getTicket: async (id) => {
        const found = tickets.find((known) => known.id === id)
        return found === undefined ? failed({ kind: 'gone' }) : ok(found)
      },
      getContact: async () => ok(contact),
    },
    templatesOf: () => ({
      cache: { read: async () => ({ at: now, templates }), write: async () => undefined },
      ask: async () => {
        asked += 1
        return failed({ kind: 'lost', code: null, subcode: null, details: null, retryAfterMs: null })
      },
      clock: () => now,
      logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    }),
    newId: { contact: () => newId('ct'), conversation: () => newId('cv') },
    wake: async (id) => void wakes.push(id),
    clock: () => now,
  }
}

const body = (more: object = {}): StartConversationBody =>
  startConversationBodySchema.parse({
    clientId: 'client-0001',
    phoneNumberId: `${NUMBER}${count}`,
    to: PHONE,
    template: { name: 'order_ready', language: 'en_GB', bodyParams: ['Sakura'] },
    ...more,
  })
const start = (more: object = {}, agent: Agent = ana) => startConversation(ports(), agent, body(more))
const table = (name: string) => rowsOf(scope, name)

describe('starting a conversation', () => {
  it('makes customer, conversation and message, and wakes the conversation once', async () => {
    const { row, isNew } = await start()
    expect(isNew).toBe(true)
    expect(row).toMatchObject({
      direction: 'out',
      kind: 'template',
      status: 'queued',
      summary: 'Hello Sakura, your order is ready.',
      content: { kind: 'template', name: 'order_ready', language: 'en_GB', text: 'Hello Sakura, your order is ready.' },
      template_parameters: [{ name: null, text: 'Sakura' }],
      agent_name: 'Ana',
    })
    expect(await table('contacts')).toMatchObject([{ name: PHONE, name_source: 'phone', phone: PHONE }])
    expect(await table('contact_aliases')).toMatchObject([{ kind: 'phone', value: '447700900123' }])
    expect(await table('conversations')).toMatchObject([
      { id: row.conversation_id, department_id: '100', last_inbound_at: null, last_message_at: NOW, change: 1 },
    ])
    expect(await table('pending_work')).toMatchObject([{ conversation_id: row.conversation_id }])
    const found = await scope.db
      .prepare('SELECT contact_id FROM contact_search WHERE contact_search MATCH ?1 AND org_id = ?2')
      .bind('"7700900123"', scope.orgId)
      .all()
    expect(found.results).toHaveLength(1)
    expect(wakes).toEqual([row.conversation_id])
  })

  it('is one message for one client id, however often and however much at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => start()))
    expect(all.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(new Set(all.map(({ row }) => row.seq)).size).toBe(1)
    for (const name of ['contacts', 'contact_aliases', 'conversations', 'messages']) {
      expect(await table(name)).toHaveLength(1)
    }
    expect(await table('conversations')).toMatchObject([{ change: 1 }])
    expect(await table('audit_entries')).toMatchObject([
      { action: 'conversation.started', actor_name: 'Ana', target: 'Support line' },
    ])
    expect(wakes).toHaveLength(1)
  })

  it('finds the customer by any form of the number', async () => {
    const first = await start({ to: '+5511987654321' })
    const second = await start({ to: '55 11 8765 4321', clientId: 'client-0002' })
    expect(second.row.conversation_id).toBe(first.row.conversation_id)
    expect(await table('contacts')).toHaveLength(1)
    expect(await table('conversations')).toMatchObject([{ change: 2 }])
  })

  it('refuses another template under a used client id', async () => {
    await start()
    const other = { template: { name: 'order_ready', language: 'en_GB', bodyParams: ['Ken'] } }
    await expect(start(other)).rejects.toMatchObject({ code: 'messages.client_id_reused' })
  })

  it.each([
    ['start.phone_invalid', { to: 'not a number' }],
    ['numbers.not_found', { phoneNumberId: '999' }],
    ['templates.unavailable', { template: { name: 'nothing', language: 'en_GB', bodyParams: [] } }],
    ['templates.values_invalid', { template: { name: 'order_ready', language: 'en_GB', bodyParams: [] } }],
    ['templates.unfit', { template: { name: 'with_photo', language: 'en_GB', bodyParams: [] } }],
    ['tickets.not_found', { ticketId: '999' }],
  ])('keeps nothing of what is refused: %s', async (code, more) => {
    templates = [template, { ...template, name: 'with_photo', isFit: false, why: 'header_media' }]
    now += 20_000
    const late = ports()
    const stale = { ...late, templatesOf: () => ({ ...late.templatesOf(numberOf()), clock: () => now + 20_000 }) }
    await expect(startConversation(stale, ana, body(more))).rejects.toMatchObject({ code })
    for (const name of ['contacts', 'conversations', 'messages', 'pending_work']) expect(await table(name)).toEqual([])
    expect(wakes).toEqual([])
  })

  it('does not ask for a list again that was read a moment ago', async () => {
    const unknown = { template: { name: 'nothing', language: 'en_GB', bodyParams: [] } }
    await expect(start(unknown)).rejects.toMatchObject({ code: 'templates.not_found', status: 404 })
    expect(asked).toBe(0)
  })

  it('is for agents of the number’s department', async () => {
    const ken: Agent = { id: '2', name: 'Ken', sees: { departments: ['101'] } }
    await expect(start({}, ken)).rejects.toMatchObject({ code: 'numbers.not_found' })
    const { row } = await start()
    await scope.db.prepare(`UPDATE conversations SET department_id = '101'`).run()
    await expect(start({ clientId: 'client-0002' })).rejects.toMatchObject({ code: 'start.other_department' })
    expect(await table('messages')).toMatchObject([{ seq: row.seq }])
  })
})

describe('starting from a ticket', () => {
  it('goes on in it: ticket, contact and line are the conversation’s', async () => {
    const { row } = await start({ ticketId: '301' })
    expect(await table('conversations')).toMatchObject([{ ticket_id: '301', ticket_number: '101', change: 1 }])
    expect(await table('tickets')).toMatchObject([{ ticket_id: '301', from_seq: row.seq, department_id: '100' }])
    expect(await table('contacts')).toMatchObject([
      { name: 'Sakura Tanaka', name_source: 'desk', desk_contact_id: '9001' },
    ])
    expect(await table('ticket_decisions')).toMatchObject([{ decision: 'appended', reason: 'started', change: 1 }])
  })

  it('takes over nothing of the ticket’s contact where the number is somebody else’s', async () => {
    await start({ ticketId: '301', to: '+447700900999' })
    expect(await table('contacts')).toMatchObject([{ name: '+447700900999', desk_contact_id: null }])
    expect(await table('conversations')).toMatchObject([{ ticket_id: '301' }])
  })

  it('does not go back to a ticket when the request is repeated', async () => {
    tickets = [ticket, { ...ticket, id: '302', ticketNumber: '102' }]
    await start({ ticketId: '301' })
    await start({ ticketId: '302', clientId: 'client-0002' })
    await start({ ticketId: '301' })
    expect(await table('conversations')).toMatchObject([{ ticket_id: '302', change: 2 }])
    expect(await table('ticket_decisions')).toHaveLength(2)
  })

  it('is not possible from a ticket of another conversation or department', async () => {
    await start({ ticketId: '301' })
    const other = { ticketId: '301', to: '+447700900999', clientId: 'client-0002' }
    await expect(start(other)).rejects.toMatchObject({ code: 'start.ticket_taken' })
    expect(await table('messages')).toHaveLength(1)
    tickets = [{ ...ticket, id: '303', departmentId: '101' }]
    await expect(start({ ticketId: '303', clientId: 'client-0003' })).rejects.toMatchObject({
      code: 'tickets.not_found',
    })
  })
})

describe('a template into a conversation', () => {
  it('goes outside the window, once', async () => {
    await insert(scope.db, 'contacts', {
      id: `ct_${String(count).padStart(20, 'c')}`,
      org_id: scope.orgId,
      name: 'Sakura',
      name_source: 'profile',
      phone: PHONE,
      created_at: NOW,
    })
    const id = await seedConversation(scope, {
      id: `cv_${String(count).padStart(20, 'c')}`,
      contactId: `ct_${String(count).padStart(20, 'c')}`,
      phoneNumberId: `${NUMBER}${count}`,
      departmentId: '100',
      lastMessageAt: NOW - 48 * 3_600_000,
      more: { waiting_since: NOW - 48 * 3_600_000 },
    })
    const send = () => sendTemplate(ports(), ana, { id, phoneNumberId: `${NUMBER}${count}` }, body())
    const sent = await Promise.all([send(), send()])
    expect(sent.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(await table('messages')).toMatchObject([{ conversation_id: id, kind: 'template', change: 1 }])
    expect(await table('conversations')).toMatchObject([{ change: 1, last_message_at: NOW, waiting_since: null }])
  })
})

function numberOf() {
  return {
    phoneNumberId: NUMBER,
    wabaId: '700100',
    token: '',
    displayPhoneNumber: '',
    channelName: '',
    departmentId: '100',
  }
}

describe('in a trial', () => {
  beforeEach(async () => {
    await scope.db
      .prepare('UPDATE organisations SET trial_started_at = ?2, trial_number = ?3 WHERE id = ?1')
      .bind(scope.orgId, NOW, `${NUMBER}${count}`)
      .run()
    await insert(scope.db, 'accounts', {
      org_id: scope.orgId,
      waba_id: '700100',
      business_id: '600100',
      how: 'embedded',
      token: 'k1.sealed',
      business_verification: 'not_verified',
      token_issued_at: NOW,
      connected_at: NOW,
    })
  })
  const someone = (index: number) => ({ to: `+4477009004${index}`, clientId: `client-many-${index}` })

  it('two people are sent templates, however many at once, and nothing is kept of the others', async () => {
    const all = await Promise.allSettled(Array.from({ length: 30 }, (_, index) => start(someone(10 + index))))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    for (const outcome of all) {
      if (outcome.status === 'rejected') {
        expect(outcome.reason).toMatchObject({
          code: 'quota.trial_templates',
          status: 409,
          details: { pool: 'templates', used: 2, limit: 2 },
        })
      }
    }
    for (const name of [
      'contacts',
      'contact_aliases',
      'conversations',
      'messages',
      'places',
      'pending_work',
      'audit_entries',
    ]) {
      expect({ name, count: (await table(name)).length }).toEqual({ name, count: 2 })
    }
    expect(await table('place_counts')).toMatchObject([{ pool: 'templates', used: 2 }])
    expect(await table('messages')).toMatchObject([{ place: 'templates' }, { place: 'templates' }])
  })

  it('the same two may be sent more', async () => {
    for (const index of [10, 11]) await start(someone(index))
    await expect(start({ ...someone(10), clientId: 'client-again' })).resolves.toMatchObject({ isNew: true })
    await expect(start(someone(10))).resolves.toMatchObject({ isNew: false })
    await expect(start(someone(12))).rejects.toMatchObject({ code: 'quota.trial_templates' })
  })

  it('what a ticket can begin with tells the places, and who has one already', async () => {
    const options = () => readStartOptions(ports(), ana.sees, '301')
    const number = { phoneNumberId: `${NUMBER}${count}`, channelName: 'Support line' }
    expect(await options()).toEqual({
      contact: { name: 'Sakura Tanaka', phones: [PHONE] },
      numbers: [expect.objectContaining({ ...number, refusal: null, places: { used: 0, limit: 2 } })],
    })
    await start({ ...someone(10), to: PHONE })
    await start(someone(11))
    expect((await options()).numbers).toMatchObject([{ refusal: null, places: { used: 2, limit: 2 } }])
    await scope.db.prepare('DELETE FROM contact_aliases WHERE org_id = ?1').bind(scope.orgId).run()
    expect((await options()).numbers).toMatchObject([{ refusal: 'quota.trial_templates' }])
    now = NOW + 30 * 24 * 3_600_000
    expect((await options()).numbers).toMatchObject([{ refusal: 'quota.trial_expired', places: null }])
    expect((await readStartOptions(ports(), { departments: null }, '301')).numbers).toHaveLength(1)
    await expect(readStartOptions(ports(), { departments: ['101'] }, '301')).rejects.toMatchObject({ status: 404 })
  })

  it('nobody is sent anything once it is over, and nothing asks for templates then', async () => {
    now = NOW + 30 * 24 * 3_600_000
    templates = []
    await expect(start()).rejects.toMatchObject({ code: 'quota.trial_expired' })
  })
})
