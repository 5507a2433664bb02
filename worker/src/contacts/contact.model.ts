import type { Alias, PersonIds } from './identity.model.ts'
import { phoneForms, phoneKey, toE164 } from './phone.model.ts'

/** Where a contact's name comes from. A profile name replaces one of the last three, never one of the others. */
export type NameSource = 'profile' | 'desk' | 'agent' | 'phone' | 'username' | 'user_id'

const STAND_INS: ReadonlySet<string> = new Set(['phone', 'username', 'user_id'] satisfies NameSource[])

/** What is kept of a contact, as identity needs it. */
export type ContactFacts = {
  id: string
  name: string
  nameSource: string
  /** E.164 with "+". */
  phone: string | null
  userId: string | null
  portfolioId: string | null
  username: string | null
}

export type PersonFacts = PersonIds & { name: string | null; username: string | null }

/** A person who writes for the first time. Name and user name are plain lines already, or null. */
export function newContact(id: string, person: PersonFacts, portfolioId: string): ContactFacts {
  const phone = person.phone === null ? null : toE164(person.phone)
  const userId = person.userId
  return {
    id,
    ...nameOf(person.name, person.username, phone, userId ?? person.parentUserId),
    phone,
    userId,
    portfolioId: userId === null ? null : portfolioId,
    username: person.username,
  }
}

function nameOf(
  profile: string | null,
  username: string | null,
  phone: string | null,
  userId: string | null,
): { name: string; nameSource: NameSource } {
  if (profile !== null) return { name: profile, nameSource: 'profile' }
  if (phone !== null) return { name: phone, nameSource: 'phone' }
  if (username !== null) return { name: username, nameSource: 'username' }
  return { name: userId ?? 'WhatsApp', nameSource: 'user_id' }
}

/**
 * The contact after a message of theirs, or null when nothing about it changed. `own` are the aliases that name this contact
 * now: a phone number or id that names somebody else is never written onto it.
 */
export function learn(
  contact: ContactFacts,
  person: PersonFacts,
  own: readonly Alias[],
  portfolioId: string,
): ContactFacts | null {
  const next = { ...contact }
  const has = (kind: Alias['kind']): boolean => own.some((alias) => alias.kind === kind)
  if (contact.phone === null && person.phone !== null && has('phone')) next.phone = toE164(person.phone)
  const isSamePortfolio = contact.userId === null || contact.portfolioId === portfolioId
  if (person.userId !== null && isSamePortfolio && has('user_id')) {
    next.userId = person.userId
    next.portfolioId = portfolioId
  }
  if (person.username !== null) next.username = person.username
  return renamed(contact, next, person.name)
}

/** The contact after its ids moved: `phone` is the new number's digits, or null when it has none that is its own. */
export function move(
  contact: ContactFacts,
  after: { phone: string | null; userId: string | null },
  portfolioId: string,
): ContactFacts | null {
  const next = { ...contact, phone: after.phone === null ? null : toE164(after.phone) }
  if (after.userId !== null && (contact.userId === null || contact.portfolioId === portfolioId)) {
    next.userId = after.userId
    next.portfolioId = portfolioId
  }
  return renamed(contact, next, null)
}

function renamed(contact: ContactFacts, next: ContactFacts, profile: string | null): ContactFacts | null {
  if (STAND_INS.has(next.nameSource)) Object.assign(next, nameOf(profile, next.username, next.phone, next.userId))
  const keys = ['name', 'nameSource', 'phone', 'userId', 'portfolioId', 'username'] as const
  return keys.some((key) => contact[key] !== next[key]) ? next : null
}

/** Whether everything an alias says is on the contact already, so that its other aliases need not be looked up. */
export function isKnownAs(contact: ContactFacts, alias: Alias): boolean {
  if (alias.kind === 'phone') return contact.phone !== null && phoneKey(contact.phone.slice(1)) === alias.value
  return alias.kind === 'user_id' && contact.userId === alias.value && contact.portfolioId === alias.portfolioId
}

/** What the list's search looks in: every name and every form a phone number is written in. */
export function searchText(contact: ContactFacts): string {
  const forms = contact.phone === null ? [] : [contact.phone, ...phoneForms(contact.phone.slice(1))]
  return [contact.name, contact.username, contact.userId, ...forms]
    .filter((part) => part !== null)
    .join(' ')
    .normalize('NFC')
}
