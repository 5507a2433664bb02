import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { connectOrganisation, demoOrganisation } from '../sandbox/demo-connection.ts'
import { demoMeta } from '../sandbox/demo.ts'
import { messagesBody, postWebhook } from '../support/signed-webhook.ts'
import { eventually } from '../support/wait.ts'
import type { Figure } from './figures.ts'
import { median } from './load.ts'
import type { Platforms } from './platforms.ts'
import { benchOperatorToken, startProduct } from './product.ts'
import type { BenchWorker } from './product.ts'

const SAMPLES = 7
const BURST = 10

const rowsSchema = z.object({ read: z.number(), written: z.number(), calls: z.number() })
type Rows = z.output<typeof rowsSchema>

/** D1 rows of one inbound message to a conversation that exists, through to its ticket, with few and with very many stored messages. */
export async function benchRows(platforms: Platforms): Promise<Figure[]> {
  const product = await startProduct(platforms.origins, 'test/bench/workers/rows.ts')
  try {
    const demo = {
      ...demoOrganisation,
      numbers: demoOrganisation.numbers.map((number) => ({
        ...number,
        channel: { ...number.channel, burstSeconds: 0 },
      })),
    }
    await connectOrganisation(product.url, benchOperatorToken, demo)
    await writeOne(product, 0)
    await seed(product, 1_000)
    const few = await sample(product, 1)
    await seed(product, 1_000_000)
    const many = await sample(product, 2)
    const of = (rows: Rows[], name: keyof Rows): number => median(rows.map((row) => row[name]))
    return [
      { name: 'D1 rows read per message, 1,000 stored', value: of(few, 'read'), unit: 'rows', aim: { atMost: 10 } },
      {
        name: 'D1 rows written per message, 1,000 stored',
        value: of(few, 'written'),
        unit: 'rows',
        aim: { atMost: 10 },
      },
      {
        name: 'D1 rows read per message, 1,000,000 stored',
        value: of(many, 'read'),
        unit: 'rows',
        floor: of(few, 'read'),
        aim: { atMost: 10 },
      },
      {
        name: 'D1 rows written per message, 1,000,000 stored',
        value: of(many, 'written'),
        unit: 'rows',
        floor: of(few, 'written'),
        aim: { atMost: 10 },
      },
      { name: 'D1 calls per message', value: of(many, 'calls'), unit: 'calls' },
      ...(await burst(product)),
    ]
  } finally {
    await product.close()
  }
}

/** The same for a customer who writes quickly: what one of ten messages of one webhook costs. */
async function burst(product: BenchWorker): Promise<Figure[]> {
  const rows = await writeOne(product, 999, BURST)
  return [
    {
      name: `D1 rows read per message of ${BURST} at once`,
      value: rows.read / BURST,
      unit: 'rows',
      aim: { atMost: 10 },
    },
    {
      name: `D1 rows written per message of ${BURST} at once`,
      value: rows.written / BURST,
      unit: 'rows',
      aim: { atMost: 10 },
    },
  ]
}

async function sample(product: BenchWorker, round: number): Promise<Rows[]> {
  const rows: Rows[] = []
  for (let index = 0; index < SAMPLES; index += 1) rows.push(await writeOne(product, round * 100 + index + 1))
  return rows
}

/** `count` messages of the bench's customer in one webhook, until the ticket has them: the rows that took. */
async function writeOne(product: BenchWorker, index: number, count = 1): Promise<Rows> {
  await takeRows(product)
  const text = `[bench ${index} ${randomUUID()}]`
  const timestamp = Math.floor(Date.now() / 1_000)
  const messages = Array.from({ length: count }, (_, place) => ({
    from: '447700900777',
    name: 'Bench Customer',
    id: `wamid.${randomUUID()}`,
    text: place === count - 1 ? text : `${text} ${place}`,
    timestamp,
  }))
  await postWebhook(product.url, demoMeta.appSecret, messagesBody(demoMeta.wabaId, demoMeta.phoneNumberId, messages))
  // Looked for past the counted bindings, so that looking costs nothing that is counted.
  await eventually('the message in its ticket', async () => {
    const row = await product.env.SHARD_0.prepare(
      `SELECT 1 FROM conversations v JOIN messages m ON m.conversation_id = v.id WHERE m.summary = ?1 AND v.desk_cursor >= m.seq AND v.desk_state = 'done' AND NOT EXISTS (SELECT 1 FROM pending_work)`,
    )
      .bind(text)
      .first()
    return row !== null
  })
  return takeRows(product)
}

async function takeRows(product: BenchWorker): Promise<Rows> {
  const answer = await fetch(`${product.url}/__rows`)
  return rowsSchema.parse(await answer.json())
}

/** Fills the messages table by recursive SQL: other conversations of the same organisation, 500 messages each. */
async function seed(product: BenchWorker, count: number): Promise<void> {
  const CHUNK = 50_000
  for (let start = 0; start < count; start += CHUNK) {
    await product.env.SHARD_0.prepare(
      `INSERT INTO messages (org_id, conversation_id, wamid, direction, kind, content, summary, sent_at, received_at, status, change)
         WITH RECURSIVE n (i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?2)
         SELECT (SELECT org_id FROM conversations LIMIT 1), 'cv_seed' || printf('%015d', i / 500), 'wamid.seed.' || ?3 || '.' || i, 'in', 'text',
           '{"kind":"text","text":"seed"}', 'seed', 1700000000000 + i, 1700000000000 + i, 'received', i
         FROM n`,
    )
      .bind(start, Math.min(count, start + CHUNK), count)
      .run()
  }
}
