import type { ContactFacts } from '../contacts/contact.model.ts'
import { aliasKey, aliasesOf } from '../contacts/identity.model.ts'
import type { PersonIds } from '../contacts/identity.model.ts'
import { normaliseUnit } from '../whatsapp/normalise.ts'
import { changesOf, unitsOf } from '../whatsapp/webhook-body.ts'
import type { Facts, Item, KnownMessage, Plan } from './ingest.types.ts'
import { planBatch } from './plan.ts'

export const GROUND = { orgId: 'org_planplanplan', shard: 0, phoneNumberId: '800100', portfolioId: '600100' }
export const ARRIVAL = 1_790_000_060_000

/** The events of a `messages` value, as a lane reads them. */
export function items(value: object): Item[] {
  const change = { field: 'messages', value: { metadata: { phone_number_id: '800100' }, ...value } }
  return unitsOf(changesOf({ entry: [{ id: '700100', changes: [change] }] })).map((unit, index) => ({
    part: 1,
    unit: index,
    receivedAt: ARRIVAL,
    position: unit.position,
    event: normaliseUnit(unit),
    field: 'messages',
    wabaId: '700100',
    body: () => JSON.stringify(unit.raw),
    replayOf: null,
  }))
}

export function noFacts(more: Partial<Facts> = {}): Facts {
  return {
    messages: new Map(),
    acts: new Map(),
    contacts: new Map(),
    owners: new Map(),
    waiting: new Set(),
    letters: new Set(),
    departmentId: '1800000000100',
    ...more,
  }
}

/** Facts in which one customer is known, with a conversation unless told otherwise, and these messages. */
export function knowing(
  ids: Partial<PersonIds>,
  options: { conversationId?: string | null; messages?: KnownMessage[]; contact?: Partial<ContactFacts> } = {},
): Facts {
  const person = { parentUserId: null, userId: null, phone: null, ...ids }
  const contact: ContactFacts = {
    id: 'ct_ana',
    name: 'Ana',
    nameSource: 'profile',
    phone: person.phone === null ? null : `+${person.phone}`,
    userId: person.userId,
    portfolioId: person.userId === null ? null : GROUND.portfolioId,
    username: null,
    ...options.contact,
  }
  const { conversationId = 'cv_ana', messages = [] } = options
  return noFacts({
    contacts: new Map([[contact.id, { ...contact, conversationId }]]),
    owners: new Map(aliasesOf(person, GROUND.portfolioId).map((alias) => [aliasKey(alias), contact.id])),
    messages: new Map(messages.map((message) => [message.seq ?? 0, message])),
  })
}

export function known(facts: Partial<KnownMessage> = {}): KnownMessage {
  return {
    seq: 7,
    wamid: 'wamid.KNOWN',
    conversationId: 'cv_ana',
    direction: 'in',
    status: 'received',
    marks: {},
    storedMarks: null,
    pricing: null,
    failure: null,
    content: { kind: 'text', text: 'old' },
    editedAt: null,
    reactions: [],
    versions: [],
    isRevoked: false,
    summary: 'old',
    sentAt: 1_790_000_000_000,
    ...facts,
  }
}

export function plan(list: Item[], facts: Facts): Plan {
  let made = 0
  const next = (prefix: string) => () => `${prefix}_new${(made += 1)}`
  return planBatch(list, facts, GROUND, { part: 0, unit: 0 }, { contact: next('ct'), conversation: next('cv') })
}
