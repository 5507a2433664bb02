import { z } from 'zod'
import type { Sandbox } from '../sandbox/sandbox.ts'

const journalSchema = z.array(z.looseObject({ method: z.string(), path: z.string(), body: z.unknown() }))
const textSendSchema = z.looseObject({ type: z.literal('text'), text: z.looseObject({ body: z.string() }) })

/** How many calls to Meta carried this text, whatever became of them. */
export async function textCalls(sandbox: Sandbox, text: string): Promise<number> {
  const answer = await fetch(`${sandbox.endpoints.meta}/__sandbox/journal`)
  const entries = journalSchema.parse(await answer.json())
  return entries.filter(({ method, path, body }) => {
    const sent = textSendSchema.safeParse(body)
    return method === 'POST' && path.endsWith('/messages') && sent.success && sent.data.text.body === text
  }).length
}
