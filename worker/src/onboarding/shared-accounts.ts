import { z } from 'zod'
import { changesOf, parseWebhookBody } from '../whatsapp/webhook-body.ts'
import type { ClaimsRepo } from './claims.repo.ts'

const sharedSchema = z.object({
  event: z.literal('PARTNER_ADDED'),
  waba_info: z.object({ waba_id: z.coerce.string(), owner_business_id: z.coerce.string() }),
})

/** A verification is told under the business, which owns accounts and is none. */
const verifiedSchema = z.object({
  event: z.literal('PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE'),
  partner_client_certification_info: z.object({ client_business_id: z.coerce.string() }),
})

/** A part of a webhook as far as this needs it; '' as `appPath` is our own app. */
type Part = { appPath: string; body: string | null; receivedAt: number }

export type SharedPorts = {
  note: ClaimsRepo['note']
  /** Has the accounts of a business read again. */
  readAgain: (businessId: string) => Promise<void>
}

/**
 * Looks into webhooks that nobody owns. An account shared with our app may be claimed: hosted signup tells no more than this ("Hosted
 * Embedded Signup"). A business that was verified has its accounts read again. What another app signed is believed in nothing.
 */
export async function readUnclaimed(ports: SharedPorts, parts: readonly Part[]): Promise<void> {
  for (const { appPath, body, receivedAt } of parts) {
    if (appPath !== '' || body === null) continue
    for (const { value } of changesOf(parseWebhookBody(body))) {
      const shared = sharedSchema.safeParse(value).data?.waba_info
      if (shared !== undefined)
        await ports.note({ wabaId: shared.waba_id, businessId: shared.owner_business_id, seenAt: receivedAt })
      const verified = verifiedSchema.safeParse(value).data?.partner_client_certification_info
      if (verified !== undefined) await ports.readAgain(verified.client_business_id)
    }
  }
}
