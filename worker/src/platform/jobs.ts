import { z } from 'zod'

/** Work that may come late; each job names everything it needs and may run more than once. */
export const backgroundJobSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('fetch_media'),
    orgId: z.string(),
    shard: z.number().int(),
    messageSeq: z.number().int(),
  }),
])
export type BackgroundJob = z.infer<typeof backgroundJobSchema>
