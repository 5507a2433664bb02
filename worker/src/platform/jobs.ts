import { z } from 'zod'

/** Work that may come late; each job names everything it needs and may run more than once. */
export const backgroundJobSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('fetch_media'),
    orgId: z.string(),
    shard: z.number().int(),
    messageSeq: z.number().int(),
  }),
  /** Meta's facts of a WhatsApp Business account and its numbers are to be read again. */
  z.object({ kind: z.literal('refresh_account'), orgId: z.string(), shard: z.number().int(), wabaId: z.string() }),
  /** Webhooks that brought something for the archive of a number of the Business app. */
  z.object({
    kind: z.literal('archive_history'),
    orgId: z.string(),
    shard: z.number().int(),
    phoneNumberId: z.string(),
  }),
])
export type BackgroundJob = z.infer<typeof backgroundJobSchema>
