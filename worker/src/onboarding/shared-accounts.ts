import { z } from 'zod'
import { changesOf, parseWebhookBody } from '../whatsapp/webhook-body.ts'
import type { ClaimsRepo } from './claims.repo.ts'

const sharedSchema = z.object({
  event: z.literal('PARTNER_ADDED'),
  waba_info: z.object({ waba_id: z.coerce.string(), owner_business_id: z.coerce.string() }),
})

/** A part of a webhook as far as this needs it; '' as `appPath` is our own app. */
type Part = { appPath: string; body: string | null; receivedAt: number }

/**
 * Notes accounts that customers shared with our app where nobody owns them: hosted signup tells no more than this ("Hosted Embedded
 * Signup"). What another app signed is believed in nothing.
 */
export async function noteSharedAccounts(claims: Pick<ClaimsRepo, 'note'>, parts: readonly Part[]): Promise<void> {
  for (const { appPath, body, receivedAt } of parts) {
    if (appPath !== '' || body === null) continue
    for (const { value } of changesOf(parseWebhookBody(body))) {
      const shared = sharedSchema.safeParse(value).data?.waba_info
      if (shared !== undefined)
        await claims.note({ wabaId: shared.waba_id, businessId: shared.owner_business_id, seenAt: receivedAt })
    }
  }
}
