import type { ContactFacts } from '../contacts/contact.model.ts'
import type { Alias } from '../contacts/identity.model.ts'
import { aliasKey } from '../contacts/identity.model.ts'
import type {
  Counts,
  Facts,
  Item,
  KnownContact,
  KnownMessage,
  NewConversation,
  NewMessage,
  Place,
  Plan,
  Touch,
} from './ingest.types.ts'
import type { Ground } from './plan.needs.ts'

/** What became of one event, as it is counted. */
export type Outcome = 'stored' | 'duplicate' | 'ignored' | 'dead'

export type NewIds = { contact: () => string; conversation: () => string }

/** Thrown where a number has no channel yet: its parts wait as if nobody owned it. */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError'
}

/**
 * The world as it will be after a batch, built up event by event: facts from D1 with everything planned so far on top. Hands out what
 * one transaction must write.
 */
export class Draft {
  readonly ground: Ground
  readonly facts: Facts
  readonly ids: NewIds
  readonly counts: Counts = { received: 0, stored: 0, duplicate: 0, ignored: 0, dead: 0 }
  readonly plan: Omit<Plan, 'seen' | 'end' | 'counts' | 'lastEventAt' | 'newContacts' | 'changedContacts' | 'touches'> =
    {
      removedAliases: [],
      newAliases: [],
      newConversations: [],
      messages: [],
      statusChanges: [],
      hidden: [],
      effects: [],
      waiting: [],
      settled: [],
      events: [],
      letters: [],
      removedLetters: [],
      failedLetters: [],
      work: [],
      wakes: new Map(),
    }
  readonly #byWamid = new Map<string, KnownMessage>()
  readonly #newContacts = new Map<string, ContactFacts>()
  readonly #changedContacts = new Map<string, ContactFacts>()
  readonly #touches = new Map<string, Touch>()
  readonly #effects = new Map<number, KnownMessage>()
  readonly #reactedAt = new Map<string, number>()

  constructor(ground: Ground, facts: Facts, ids: NewIds) {
    this.ground = ground
    this.facts = facts
    this.ids = ids
    for (const message of facts.messages.values()) if (message.wamid !== null) this.#byWamid.set(message.wamid, message)
  }

  message(wamid: string): KnownMessage | null {
    return this.#byWamid.get(wamid) ?? null
  }

  addMessage(message: NewMessage): void {
    this.#byWamid.set(message.wamid, message)
    this.plan.messages.push(message)
  }

  /** Replaces a message that is known; one that is only being inserted is changed in place. */
  changeMessage(before: KnownMessage, after: KnownMessage): void {
    Object.assign(before, after)
    if (before.seq !== null) this.#effects.set(before.seq, before)
  }

  /** Whether a reaction on a message is the customer's newest, as far as this batch knows. */
  isNewestReaction(target: string, at: number): boolean {
    if (at < (this.#reactedAt.get(target) ?? at)) return false
    this.#reactedAt.set(target, at)
    return true
  }

  /** A status with what it makes of the message; every further one starts from there. */
  changeStatus(before: KnownMessage, after: KnownMessage): void {
    const changes = this.plan.statusChanges
    const earlier = changes.findIndex((change) => change.after === before)
    if (earlier >= 0) changes[earlier] = { before: changes[earlier]?.before ?? before, after }
    else changes.push({ before, after })
    if (after.seq !== null) this.facts.messages.set(after.seq, after)
    if (after.wamid !== null) this.#byWamid.set(after.wamid, after)
  }

  contact(id: string): KnownContact | null {
    return this.facts.contacts.get(id) ?? null
  }

  addContact(contact: ContactFacts): void {
    this.facts.contacts.set(contact.id, { ...contact, conversationId: null })
    this.#newContacts.set(contact.id, contact)
  }

  changeContact(contact: ContactFacts): void {
    const known = this.facts.contacts.get(contact.id)
    this.facts.contacts.set(contact.id, { ...contact, conversationId: known?.conversationId ?? null })
    const contacts = this.#newContacts.has(contact.id) ? this.#newContacts : this.#changedContacts
    contacts.set(contact.id, contact)
  }

  addAlias(alias: Alias, contactId: string): void {
    this.facts.owners.set(aliasKey(alias), contactId)
    this.plan.newAliases.push({ alias, contactId })
  }

  removeAlias(alias: Alias, contactId: string): void {
    const key = aliasKey(alias)
    this.facts.owners.delete(key)
    const isSame = (one: { alias: Alias }): boolean => aliasKey(one.alias) === key
    const added = this.plan.newAliases.findIndex(isSame)
    if (added >= 0) this.plan.newAliases.splice(added, 1)
    else if (!this.plan.removedAliases.some(isSame)) this.plan.removedAliases.push({ alias, contactId })
  }

  /** The contact's conversation with this number, made if it is the first. */
  openConversation(contact: KnownContact): NewConversation['id'] {
    if (contact.conversationId !== null) return contact.conversationId
    const { departmentId } = this.facts
    if (departmentId === null) throw new NotReadyError('The number has no channel.')
    const id = this.ids.conversation()
    this.plan.newConversations.push({ id, contactId: contact.id, departmentId })
    this.facts.contacts.set(contact.id, { ...contact, conversationId: id })
    return id
  }

  touch(conversationId: string, reason: 'inbound' | 'status'): Touch {
    const known = this.#touches.get(conversationId)
    const touch = known ?? { conversationId, last: null, inboundAt: null, waitingAt: null, renamed: [] }
    this.#touches.set(conversationId, touch)
    if (this.plan.wakes.get(conversationId) !== 'inbound') this.plan.wakes.set(conversationId, reason)
    return touch
  }

  /** Keeps something that is no message of a conversation, as its kind. */
  keep(item: Item, field: string): void {
    const { part, unit, wabaId, receivedAt } = item
    this.plan.events.push({ part, unit, wabaId, field, body: item.body(), receivedAt })
  }

  addWork(conversationId: string): void {
    if (!this.plan.work.includes(conversationId)) this.plan.work.push(conversationId)
  }

  finish(seen: Place, items: readonly Item[]): Plan {
    const last = items.at(-1)
    return {
      ...this.plan,
      seen,
      end: last === undefined ? seen : { part: last.part, unit: last.unit },
      counts: this.counts,
      lastEventAt: items.reduce((latest, { receivedAt }) => Math.max(latest, receivedAt), 0),
      newContacts: [...this.#newContacts.values()],
      changedContacts: [...this.#changedContacts.values()],
      effects: [...this.#effects.values()],
      touches: [...this.#touches.values()],
    }
  }
}
