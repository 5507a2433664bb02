import { randomUUID } from 'node:crypto'
import { connectOrganisation, demoOrganisation } from '../sandbox/demo-connection.ts'
import { demoMeta } from '../sandbox/demo.ts'
import { messagesBody, signature } from '../support/signed-webhook.ts'
import { eventually } from '../support/wait.ts'
import { load, median } from './load.ts'
import type { LoadResult } from './load.ts'
import type { Platforms } from './platforms.ts'
import { benchOperatorToken, startFloor, startProduct } from './product.ts'
import type { Figure } from './figures.ts'

const CONNECTIONS = 32
const SECONDS = 4
const ROUNDS = 3
const CUSTOMERS = 200

/** Door throughput and latency against the floor, the two in turn; then one number at 320 events a second through to D1. */
export async function benchDoor(platforms: Platforms): Promise<Figure[]> {
  const floor = await startFloor()
  const product = await startProduct(platforms.origins)
  try {
    await connectOrganisation(product.url, benchOperatorToken, gathering)
    await warmUp(product)
    const pairs: Array<{ floor: LoadResult; door: LoadResult }> = []
    for (let round = 0; round <= ROUNDS; round += 1) {
      const pair = {
        floor: await load({ url: floor.url, connections: CONNECTIONS, seconds: SECONDS, next: prepared() }),
        door: await load({
          url: `${product.url}/webhooks/whatsapp`,
          connections: CONNECTIONS,
          seconds: SECONDS,
          next: prepared(),
        }),
      }
      // The first round warms both up.
      if (round > 0) pairs.push(pair)
      await drained(product.env.SHARD_0)
    }
    const ratio = median(pairs.map((pair) => pair.door.perSecond / pair.floor.perSecond))
    return [
      {
        name: 'door: webhooks per second',
        value: median(pairs.map((pair) => pair.door.perSecond)),
        unit: '1/s',
        floor: median(pairs.map((pair) => pair.floor.perSecond)),
      },
      { name: 'door: share of the floor’s throughput', value: ratio, unit: '', aim: { atLeast: 0.85 } },
      {
        name: 'door: p50',
        value: median(pairs.map((pair) => pair.door.p50Ms)),
        unit: 'ms',
        floor: median(pairs.map((pair) => pair.floor.p50Ms)),
      },
      {
        name: 'door: p99',
        value: median(pairs.map((pair) => pair.door.p99Ms)),
        unit: 'ms',
        floor: median(pairs.map((pair) => pair.floor.p99Ms)),
      },
      ...(await benchSustained(product)),
    ]
  } finally {
    await product.close()
    await floor.close()
  }
}

/** Signed webhooks of one message each, made beforehand so that the generator's own work is not measured. */
function prepared(): () => { body: string; headers: Record<string, string> } {
  const ready = Array.from({ length: 8_000 }, (_, index) => webhook(index))
  let at = 0
  return () => ready[at++] ?? webhook(at)
}

function webhook(index: number) {
  const body = messagesBody(demoMeta.wabaId, demoMeta.phoneNumberId, [
    {
      from: `4477009${String(index % CUSTOMERS).padStart(5, '0')}`,
      id: `wamid.${randomUUID()}`,
      text: 'Where is my parcel? It was due on Tuesday and the tracking page says nothing.',
      timestamp: Math.floor(Date.now() / 1_000),
    },
  ])
  return {
    body,
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature(demoMeta.appSecret, body) },
  }
}

const EVENTS_PER_SECOND = 320
const SUSTAINED_SECONDS = 15

/** One number at 320 events a second: how many messages are not yet in D1 at the end, and how long the last of them take. */
async function benchSustained(product: Awaited<ReturnType<typeof startProduct>>): Promise<Figure[]> {
  const before = await storedCount(product.env.SHARD_0)
  const total = EVENTS_PER_SECOND * SUSTAINED_SECONDS
  const ready = Array.from({ length: total }, (_, index) => webhook(index))
  const started = performance.now()
  const pending = new Set<Promise<unknown>>()
  for (let sent = 0; sent < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - started) / 1_000) * EVENTS_PER_SECOND))
    for (; sent < due; sent += 1) {
      const call = fetch(`${product.url}/webhooks/whatsapp`, { method: 'POST', ...ready[sent] }).then((answer) => {
        pending.delete(call)
        if (answer.status !== 200) throw new Error(`the door answered ${answer.status}`)
      })
      pending.add(call)
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const sentIn = (performance.now() - started) / 1_000
  const behindAtEnd = total - ((await storedCount(product.env.SHARD_0)) - before)
  await Promise.all(pending)
  await eventually('all of it in D1', async () => (await storedCount(product.env.SHARD_0)) - before >= total, 120_000)
  const doneIn = (performance.now() - started) / 1_000
  return [
    { name: 'sustained: messages offered per second', value: total / sentIn, unit: '1/s', aim: { atLeast: 318 } },
    {
      name: 'sustained: not yet in D1 when the last was sent',
      value: behindAtEnd,
      unit: 'messages',
      aim: { atMost: EVENTS_PER_SECOND },
    },
    { name: 'sustained: seconds until all were in D1 after the last', value: doneIn - sentIn, unit: 's' },
  ]
}

async function storedCount(db: Parameters<typeof drained>[0]): Promise<number> {
  const row = await db.prepare('SELECT COUNT(*) AS count FROM messages').first()
  return Number(row?.count ?? 0)
}

/**
 * The demo with the longest burst: what Desk does for it waits until the round is over, since the double that plays Desk shares this
 * machine's cores with the door.
 */
const gathering = {
  ...demoOrganisation,
  numbers: demoOrganisation.numbers.map((number) => ({ ...number, channel: { ...number.channel, burstSeconds: 60 } })),
}

/** Every customer has a conversation and a ticket before anything is measured. */
async function warmUp(product: Awaited<ReturnType<typeof startProduct>>): Promise<void> {
  for (let index = 0; index < CUSTOMERS; index += 1) {
    const { body, headers } = webhook(index)
    await fetch(`${product.url}/webhooks/whatsapp`, { method: 'POST', body, headers })
  }
  await eventually(
    'a ticket for every customer',
    async () => {
      const row = await product.env.SHARD_0.prepare('SELECT COUNT(*) AS count FROM tickets').first()
      return Number(row?.['count'] ?? 0) === CUSTOMERS
    },
    120_000,
  )
}

/** Waits until nothing arrives in D1 any more, so that one round's rest does not burden the next. */
async function drained(db: {
  prepare(sql: string): { first(): Promise<Record<string, unknown> | null> }
}): Promise<void> {
  let last = -1
  await eventually(
    'the rest of the round in D1',
    async () => {
      const row = await db.prepare('SELECT COUNT(*) AS count FROM messages').first()
      const count = Number(row?.count ?? 0)
      const isStill = count === last
      last = count
      await new Promise((resolve) => setTimeout(resolve, 500))
      return isStill
    },
    120_000,
  )
}
