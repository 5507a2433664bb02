import { phoneKey } from './phone.model.ts'

export type AliasKind = 'parent_user_id' | 'user_id' | 'phone'

/** One way to name a person: unique per organisation. Ids belong to a business portfolio, phone numbers to nobody. */
export type Alias = { kind: AliasKind; portfolioId: string; value: string }

export type PersonIds = {
  parentUserId: string | null
  userId: string | null
  /** Digits only. */
  phone: string | null
}

/** A person's aliases, the strongest first: parent user id, user id, phone. */
export function aliasesOf(ids: PersonIds, portfolioId: string): Alias[] {
  const aliases: Alias[] = []
  if (ids.parentUserId !== null) aliases.push({ kind: 'parent_user_id', portfolioId, value: ids.parentUserId })
  if (ids.userId !== null) aliases.push({ kind: 'user_id', portfolioId, value: ids.userId })
  if (ids.phone !== null) aliases.push({ kind: 'phone', portfolioId: '', value: phoneKey(ids.phone) })
  return aliases
}

export function aliasKey({ kind, portfolioId, value }: Alias): string {
  return `${kind} ${portfolioId} ${value}`
}

export type Resolution = {
  /** The contact these aliases name, or null for somebody new. */
  contactId: string | null
  /** Aliases nobody has yet: they become this contact's. */
  free: Alias[]
  /** Aliases that name another contact. They stay there: a message never merges two people. */
  foreign: Alias[]
}

/** Who is meant, by the strongest alias that names anybody. `owners` holds the contact of each alias that has one. */
export function resolveIdentity(aliases: readonly Alias[], owners: ReadonlyMap<string, string>): Resolution {
  const ownerOf = (alias: Alias): string | null => owners.get(aliasKey(alias)) ?? null
  const contactId = aliases.map(ownerOf).find((owner) => owner !== null) ?? null
  return {
    contactId,
    free: aliases.filter((alias) => ownerOf(alias) === null),
    foreign: aliases.filter((alias) => ownerOf(alias) !== null && ownerOf(alias) !== contactId),
  }
}

export type Move = {
  contactId: string
  remove: Alias[]
  add: Alias[]
  /** False: the number this person is known under is not theirs any more and no new one can be theirs. */
  hasNewPhone: boolean
}

/**
 * What a change of ids does. The contact is the one the ids before name; nobody: nothing to do. The old phone number is no
 * longer this person's. New aliases that name nobody become theirs; one that names another contact stays there, so that
 * nobody is merged. Old user ids are kept: the platform gives them to nobody else, and late messages still carry them. Doing
 * it twice changes nothing more.
 */
export function moveIdentity(
  before: readonly Alias[],
  after: readonly Alias[],
  owners: ReadonlyMap<string, string>,
): Move | null {
  const { contactId } = resolveIdentity(before, owners)
  if (contactId === null) return null
  const ownerOf = (alias: Alias): string | undefined => owners.get(aliasKey(alias))
  const phone = after.find((alias) => alias.kind === 'phone')
  return {
    contactId,
    remove: before.filter(
      (alias) => alias.kind === 'phone' && ownerOf(alias) === contactId && alias.value !== phone?.value,
    ),
    add: after.filter((alias) => ownerOf(alias) === undefined),
    hasNewPhone: phone !== undefined && (ownerOf(phone) ?? contactId) === contactId,
  }
}
