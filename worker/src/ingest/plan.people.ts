import { learn, move, newContact } from '../contacts/contact.model.ts'
import type { PersonFacts } from '../contacts/contact.model.ts'
import { aliasesOf, aliasKey, moveIdentity, resolveIdentity } from '../contacts/identity.model.ts'
import { phoneKey } from '../contacts/phone.model.ts'
import type { Relink, Sender } from '../whatsapp/events.ts'
import { toLine } from '../whatsapp/summary.ts'
import type { KnownContact } from './ingest.types.ts'
import type { Draft } from './plan.draft.ts'

const MAX_NAME = 120

/** Who this is, as far as we know them already. */
export function findPerson(draft: Draft, sender: Sender): KnownContact | null {
  const aliases = aliasesOf(sender, draft.ground.portfolioId)
  const { contactId } = resolveIdentity(aliases, draft.facts.owners)
  return contactId === null ? null : draft.contact(contactId)
}

/** Who this is, made if they are new, with what the message tells about them. */
export function meetPerson(draft: Draft, sender: Sender): KnownContact {
  const { portfolioId } = draft.ground
  const person = toPerson(sender)
  const aliases = aliasesOf(sender, portfolioId)
  const { contactId, free, foreign } = resolveIdentity(aliases, draft.facts.owners)
  const known = contactId === null ? null : draft.contact(contactId)
  const id = known?.id ?? draft.ids.contact()
  if (known === null) draft.addContact(newContact(id, person, portfolioId))
  for (const alias of free) draft.addAlias(alias, id)
  if (known !== null) {
    const own = aliases.filter((alias) => !foreign.includes(alias))
    const learnt = learn(known, person, own, portfolioId)
    if (learnt !== null) draft.changeContact(learnt)
  }
  return mustKnow(draft, id)
}

/** Moves a contact to its new ids; null when nobody is known under the ids before. */
export function movePerson(draft: Draft, relink: Relink): KnownContact | null {
  const { portfolioId } = draft.ground
  const change = moveIdentity(
    aliasesOf(relink.before, portfolioId),
    aliasesOf(relink.after, portfolioId),
    draft.facts.owners,
  )
  const contact = change === null ? null : draft.contact(change.contactId)
  if (change === null || contact === null) return null
  for (const alias of change.remove) draft.removeAlias(alias, contact.id)
  for (const alias of change.add) draft.addAlias(alias, contact.id)
  const moved = move(
    contact,
    { phone: change.hasNewPhone ? relink.after.phone : null, userId: userIdOf(draft, contact, relink) },
    portfolioId,
  )
  dropStalePhone(draft, contact, relink)
  if (moved !== null) draft.changeContact(moved)
  return mustKnow(draft, contact.id)
}

/** The new user id, unless it names somebody else. */
function userIdOf(draft: Draft, contact: KnownContact, { after }: Relink): string | null {
  if (after.userId === null) return null
  const [alias] = aliasesOf({ parentUserId: null, userId: after.userId, phone: null }, draft.ground.portfolioId)
  return alias !== undefined && draft.facts.owners.get(aliasKey(alias)) === contact.id ? after.userId : null
}

/** The number the contact was shown with names nobody once it is not theirs, even where the notice did not name it. */
function dropStalePhone(draft: Draft, contact: KnownContact, { after }: Relink): void {
  if (contact.phone === null) return
  const value = phoneKey(contact.phone.slice(1))
  const alias = { kind: 'phone', portfolioId: '', value } as const
  const isKept = after.phone !== null && phoneKey(after.phone) === value
  const isLooked = draft.facts.owners.get(aliasKey(alias))
  if (!isKept && (isLooked === undefined || isLooked === contact.id)) draft.removeAlias(alias, contact.id)
}

function mustKnow(draft: Draft, id: string): KnownContact {
  const contact = draft.contact(id)
  if (contact === null) throw new Error(`The contact ${id} was planned and is not there.`)
  return contact
}

/** Names as one line each: they stand in lists, tickets and search. */
function toPerson(sender: Sender): PersonFacts {
  const line = (text: string | null): string | null => (text === null ? null : toLine(text, MAX_NAME) || null)
  return { ...sender, name: line(sender.name), username: line(sender.username) }
}
