import { randomUUID } from 'node:crypto'
import { connectOrganisation, demoOrganisation } from '../sandbox/demo-connection.ts'
import { demoMeta, demoPortal } from '../sandbox/demo.ts'
import { messagesBody, postWebhook } from '../support/signed-webhook.ts'
import { eventually } from '../support/wait.ts'
import type { Figure } from './figures.ts'
import type { Platforms } from './platforms.ts'
import { benchOperatorToken, startProduct } from './product.ts'

const BURST = 10

/** Desk credits, as Desk counts them: a new customer's first message, a later one alone, and a burst joined into one comment. */
export async function benchCredits(platforms: Platforms): Promise<Figure[]> {
  const product = await startProduct(platforms.origins)
  const used = (): number => platforms.desk.state.portals[demoPortal.orgId]?.credits.used ?? 0
  /** Posts texts of one customer in one webhook; resolves to the credits it took until all of them are in the ticket. */
  const write = async (from: string, count: number): Promise<number> => {
    const before = used()
    const messages = Array.from({ length: count }, () => ({
      from,
      id: `wamid.${randomUUID()}`,
      text: randomUUID(),
      timestamp: Math.floor(Date.now() / 1_000),
    }))
    await postWebhook(product.url, demoMeta.appSecret, messagesBody(demoMeta.wabaId, demoMeta.phoneNumberId, messages))
    await eventually('the messages in the ticket', async () => {
      const row = await product.env.SHARD_0.prepare(
        `SELECT 1 FROM conversations v JOIN messages m ON m.conversation_id = v.id
           WHERE m.summary = ?1 AND v.desk_cursor >= m.seq AND v.desk_state = 'done' AND NOT EXISTS (SELECT 1 FROM pending_work)`,
      )
        .bind(messages.at(-1)?.text)
        .first()
      return row !== null
    })
    return used() - before
  }
  try {
    await connectOrganisation(product.url, benchOperatorToken, demoOrganisation)
    const first = await write('447700900701', 1)
    const alone = await write('447700900701', 1)
    const burst = await write('447700900701', BURST)
    return [
      { name: 'Desk credits: first message of a new customer', value: first, unit: 'credits', aim: { atMost: 8 } },
      { name: 'Desk credits: a later message alone', value: alone, unit: 'credits', aim: { atMost: 2 } },
      { name: `Desk credits: ${BURST} messages in a burst`, value: burst, unit: 'credits', aim: { atMost: 2 } },
      { name: 'Desk credits: per message of the burst', value: burst / BURST, unit: 'credits' },
    ]
  } finally {
    await product.close()
  }
}
