import { z } from 'zod'
import type { Sandbox } from '../sandbox/sandbox.ts'

const journalSchema = z.array(z.looseObject({ method: z.string(), path: z.string(), body: z.unknown() }))
export type JournalCall = z.infer<typeof journalSchema>[number]
const textSendSchema = z.looseObject({ type: z.literal('text'), text: z.looseObject({ body: z.string() }) })

/** Every call that a double answered, oldest first. */
export async function journalOf(origin: string): Promise<JournalCall[]> {
  return journalSchema.parse(await (await fetch(`${origin}/__sandbox/journal`)).json())
}

/** The texts of the messages that we asked Meta to send, whatever became of the calls; what is only read sends nothing. */
export async function sentTexts(sandbox: Sandbox): Promise<string[]> {
  const calls = await journalOf(sandbox.endpoints.meta)
  return calls.flatMap(({ method, path, body }) => {
    const sent = textSendSchema.safeParse(body)
    return method === 'POST' && path.endsWith('/messages') && sent.success ? [sent.data.text.body] : []
  })
}

/** How many calls to Meta carried this text, whatever became of them. */
export async function textCalls(sandbox: Sandbox, text: string): Promise<number> {
  return (await sentTexts(sandbox)).filter((one) => one === text).length
}
