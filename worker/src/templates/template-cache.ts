import { templateViewSchema } from '../../../contract/index.ts'
import { z } from 'zod'

/** How long a list counts as fresh, and how long it stands in while Meta does not answer. */
export const FRESH_MS = 5 * 60_000
const KEPT_SECONDS = 24 * 3_600

const keptSchema = z.object({ at: z.number(), templates: z.array(templateViewSchema) })
export type KeptTemplates = z.infer<typeof keptSchema>

export type TemplateCache = { read(): Promise<KeptTemplates | null>; write(kept: KeptTemplates): Promise<void> }

/** The approved templates of one account in KV, which may be lost or late at any time. */
export function createTemplateCache(kv: KVNamespace, orgId: string, wabaId: string): TemplateCache {
  const key = `templates:${orgId}:${wabaId}`
  return {
    async read() {
      const kept = keptSchema.safeParse(await kv.get(key, 'json'))
      return kept.success ? kept.data : null
    },
    write: (kept) => kv.put(key, JSON.stringify(kept), { expirationTtl: KEPT_SECONDS }),
  }
}
