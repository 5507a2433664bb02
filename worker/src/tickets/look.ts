import type { DeskContact, DeskResult } from '../desk/desk.types.ts'
import { ok } from '../platform/errors.ts'
import type { Effect, EffectBody, EffectResult } from './effects.types.ts'
import { isSamePhone, searchForms } from './phone-search.model.ts'
import { carries } from './references.model.ts'
import type { TicketDeps } from './tickets.ports.ts'

/** Desk's clock and ours may differ by that much. */
const SKEW_MS = 5 * 60_000
const MAX_CANDIDATES = 10

/** Looks in Desk for what a lost call may have made. Null: it is not there (yet). */
export function lookFor(deps: TicketDeps, effect: Effect): Promise<DeskResult<EffectResult | null>> {
  switch (effect.body.kind) {
    case 'contact':
      return lookForContact(deps, effect.body, effect.reference)
    case 'ticket':
      return lookForTicket(deps, effect.body, effect)
    case 'comment':
      return lookForComment(deps, effect.body.ticketId, effect.reference)
    case 'status':
      return Promise.resolve(ok(null))
  }
}

/** Tickets of a lost creation, the first made first: more than one where it was done late after it was made again. */
export async function findTickets(
  { desk }: TicketDeps,
  contactId: string,
  reference: string,
  since: number,
): Promise<DeskResult<Array<EffectResult & { createdAt: number }>>> {
  const listed = await desk.listContactTickets(contactId, 'createdTime', 50)
  if (!listed.ok) return listed
  const candidates = listed.value
    .filter((ticket) => (ticket.createdAt ?? since) >= since - SKEW_MS)
    .slice(0, MAX_CANDIDATES)
  const found: Array<EffectResult & { createdAt: number }> = []
  for (const { id } of candidates) {
    // Lists leave the description out.
    const ticket = await desk.getTicket(id)
    if (!ticket.ok && ticket.error.kind !== 'gone') return ticket
    if (!ticket.ok || !carries(ticket.value.description, reference)) continue
    const { ticketNumber: number, departmentId, createdAt } = ticket.value
    found.push({ id, number, departmentId, createdAt: createdAt ?? 0 })
  }
  return ok(found.toSorted((a, b) => a.createdAt - b.createdAt || Number(a.number) - Number(b.number)))
}

async function lookForTicket(
  deps: TicketDeps,
  body: Extract<EffectBody, { kind: 'ticket' }>,
  effect: Effect,
): Promise<DeskResult<EffectResult | null>> {
  const found = await findTickets(deps, body.contactId, effect.reference, effect.beganAt ?? deps.clock())
  return found.ok ? ok(found.value[0] ?? null) : found
}

async function lookForComment(
  { desk }: TicketDeps,
  ticketId: string,
  reference: string,
): Promise<DeskResult<EffectResult | null>> {
  const comments = await desk.listComments(ticketId, 99)
  if (!comments.ok) return comments
  // Newest first: of two, the one made first stays.
  const comment = comments.value.findLast(({ content }) => carries(content, reference))
  return ok(comment === undefined ? null : { id: comment.id })
}

async function lookForContact(
  deps: TicketDeps,
  body: Extract<EffectBody, { kind: 'contact' }>,
  reference: string,
): Promise<DeskResult<EffectResult | null>> {
  const found =
    body.phone === null ? await findByReference(deps, body.lastName, reference) : await findByPhone(deps, body.phone)
  if (!found.ok) return found
  return ok(found.value === null ? null : { id: found.value.id })
}

/** The Desk contact with this number, written in whatever way. WhatsApp's numbers are mobile ones mostly, so that field comes first. */
export async function findByPhone({ desk }: TicketDeps, phone: string): Promise<DeskResult<DeskContact | null>> {
  const values = searchForms(phone)
  for (const field of ['mobile', 'phone'] as const) {
    // Two calls: criteria on two fields of one search must both be met.
    const found = await desk.searchContacts({ field, values })
    if (!found.ok) return found
    const same = found.value.filter((contact) => isSamePhone(phone, contact[field]))
    const [first] = same.toSorted(
      (a, b) => Number(a.isSpam) - Number(b.isSpam) || (a.createdAt ?? 0) - (b.createdAt ?? 0),
    )
    if (first !== undefined) return ok(first)
  }
  return ok(null)
}

/** A contact without a number that we made ourselves. */
export async function findByReference(
  { desk }: TicketDeps,
  lastName: string,
  reference: string,
): Promise<DeskResult<DeskContact | null>> {
  const named = await desk.searchContacts({ field: 'lastName', value: lastName })
  if (!named.ok) return named
  for (const contact of named.value.slice(0, MAX_CANDIDATES)) {
    const full = contact.description === undefined ? await desk.getContact(contact.id) : ok(contact)
    if (!full.ok && full.error.kind !== 'gone') return full
    if (full.ok && carries(full.value.description ?? null, reference)) return full
  }
  return ok(null)
}
