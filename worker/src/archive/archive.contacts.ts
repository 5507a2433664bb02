import { z } from 'zod'
import { phoneKey } from '../contacts/phone.model.ts'
import { toLine } from '../whatsapp/summary.ts'
import type { WebhookChange } from '../whatsapp/webhook-body.ts'
import { figure, listOf, text } from '../whatsapp/webhook.schemas.ts'
import type { ArchivedContact } from './archive.model.ts'

const MAX_NAME = 120
/** Of what Meta writes as seconds, all that is a day of this century. */
const LATEST_SECONDS = 4_102_444_800

const valueSchema = z.object({
  state_sync: listOf(
    z.object({
      type: text,
      action: text,
      contact: z.object({
        full_name: text,
        first_name: text,
        phone_number: z.union([z.string(), z.number().int().transform(String)]),
      }),
      metadata: z.object({ timestamp: figure }).optional().catch(undefined),
    }),
  ),
})

/**
 * Reads `smb_app_state_sync` webhooks ("Coexistence onboarding"): contacts that were added, changed (added again with another name) or
 * removed in the Business app. Of several about one person the latest counts; what cannot be read is left out.
 */
export function readContacts(change: WebhookChange, receivedAt: number): ArchivedContact[] {
  const told = new Map<string, ArchivedContact>()
  for (const { type, action, contact, metadata } of valueSchema.safeParse(change.value).data?.state_sync ?? []) {
    const phone = contact.phone_number.replaceAll(/\D/g, '')
    if (phone === '' || phone.length > 20 || (type ?? 'contact') !== 'contact') continue
    const seconds = metadata?.timestamp
    const isTime = seconds !== undefined && seconds > 0 && seconds < LATEST_SECONDS
    const at = isTime ? Math.round(seconds * 1000) : receivedAt
    const name = action?.toLowerCase() === 'remove' ? null : nameOf(contact.full_name) || nameOf(contact.first_name)
    const key = phoneKey(phone)
    const known = told.get(key)
    if (known === undefined || at >= known.at) told.set(key, { contact: key, phone, name: name || null, at })
  }
  return [...told.values()]
}

function nameOf(name: string | undefined): string {
  return toLine(name ?? '', MAX_NAME)
}
