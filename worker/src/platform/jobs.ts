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
  /** Conversations that waited are woken, so many at a time; `underWay` were woken at `at`, the last ones of them may still work. */
  z.object({
    kind: z.literal('wake_conversations'),
    orgId: z.string(),
    shard: z.number().int(),
    reason: z.enum(['send', 'shown']),
    waiting: z.array(z.string()),
    underWay: z.array(z.object({ id: z.string(), at: z.number() })),
  }),
])
export type BackgroundJob = z.infer<typeof backgroundJobSchema>
