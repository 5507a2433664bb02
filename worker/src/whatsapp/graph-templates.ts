import { z } from 'zod'
import { ok } from '../platform/errors.ts'
import type { GraphAccess } from './graph-client.ts'
import type { GraphAnswer } from './graph-request.ts'
import { askGraph } from './graph-request.ts'

const text = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => value ?? null)
const upper = z
  .string()
  .nullish()
  .catch(null)
  .transform((word) => word?.toUpperCase() ?? '')

const buttonSchema = z.object({ type: upper, text, url: text })
const componentSchema = z.object({
  type: upper,
  format: upper,
  text,
  buttons: z.array(buttonSchema).nullable().catch(null).default(null),
  example: z
    .object({
      body_text: z.array(z.array(z.string())).nullable().catch(null).default(null),
      body_text_named_params: z
        .array(z.object({ param_name: z.string(), example: z.string() }))
        .nullable()
        .catch(null)
        .default(null),
    })
    .nullable()
    .catch(null)
    .default(null),
})

const templateSchema = z.object({
  name: z.string(),
  language: z.string(),
  status: upper,
  category: text,
  components: z.array(componentSchema).catch([]),
})
/** A template as Meta describes it ("Templates"); words that Meta writes in any case are in capitals. */
export type GraphTemplate = z.infer<typeof templateSchema>

const listSchema = z.object({
  data: z.array(templateSchema),
  paging: z.object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() }).optional(),
})

const FIELDS = 'name,language,status,category,components'
const PAGE = 200
/** An account has at most 6,000 templates. */
const MAX_PAGES = 30

/** The approved templates of an account, page by page. */
export async function listApprovedTemplates(
  access: GraphAccess,
  wabaId: string,
): Promise<GraphAnswer<GraphTemplate[]>> {
  const templates: GraphTemplate[] = []
  let after: string | undefined
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = {
      fields: FIELDS,
      limit: String(PAGE),
      ...(after === undefined ? {} : { after }),
    }
    const answer = await askGraph(access, { path: `${wabaId}/message_templates`, query }, listSchema)
    if (!answer.ok) return answer
    templates.push(...answer.value.data.filter(({ status }) => status === 'APPROVED'))
    after = answer.value.paging?.cursors?.after
    if (answer.value.paging?.next === undefined || after === undefined) break
  }
  return ok(templates)
}
