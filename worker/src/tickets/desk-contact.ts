import type { DeskContact, DeskResult } from '../desk/desk.types.ts'
import { ok } from '../platform/errors.ts'
import { findByPhone, findByReference } from './look.ts'
import { oneLine } from './plain-text.model.ts'
import { contactReference, referenceLine } from './references.model.ts'
import type { Pass } from './run-plan.ts'
import { carryOut } from './run-plan.ts'
import type { Step, TicketDeps } from './tickets.ports.ts'
import { again } from './tickets.ports.ts'
import type { DeskFacts } from './tickets.rows.ts'
import { stopFor } from './trouble-steps.ts'

const CLAIM_MS = 120_000
/** Desk's limit of a last name, and a little less. */
const MAX_NAME_LENGTH = 120

/**
 * The customer's contact in Desk: known, found by number, or made. Only one conversation does that at a time; the others of the same
 * customer come again shortly.
 */
export async function ensureDeskContact(
  deps: TicketDeps,
  facts: DeskFacts,
  pass: Pass,
): Promise<{ kind: 'known'; deskContactId: string } | Step> {
  const { contact } = facts
  if (contact.deskContactId !== null) return { kind: 'known', deskContactId: contact.deskContactId }
  const { repo, clock, effects } = deps
  const claim = await repo.claimContact(contact.id, clock(), clock() + CLAIM_MS)
  if (claim.kind === 'known') return claim
  if (claim.kind === 'taken') return { kind: 'rest', nextAt: Math.min(claim.until, clock() + 1_500) }
  const lastName = oneLine(contact.name, MAX_NAME_LENGTH) || 'WhatsApp customer'
  const reference = contactReference(contact.id)
  const found = await find(deps, contact.phone, claim.isInherited ? { lastName, reference } : null)
  if (!found.ok) return stopFor(deps, found.error)
  if (found.value !== null) {
    await repo.saveDeskContact(contact.id, found.value.id)
    return again
  }
  const description = `Made by Kaiwa from a WhatsApp conversation. ${referenceLine(reference)}`
  effects.open({ kind: 'contact', contactId: contact.id }, [
    { reference, body: { kind: 'contact', lastName, phone: contact.phone, description } },
  ])
  return carryOut(deps, pass)
}

/** A customer without a number can only be found by our own mark, and it is there only if somebody tried before. */
function find(
  deps: TicketDeps,
  phone: string | null,
  tried: { lastName: string; reference: string } | null,
): Promise<DeskResult<DeskContact | null>> {
  if (phone !== null) return findByPhone(deps, phone)
  return tried === null ? Promise.resolve(ok(null)) : findByReference(deps, tried.lastName, tried.reference)
}
