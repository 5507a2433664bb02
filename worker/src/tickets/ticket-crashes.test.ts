import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { strictNetwork } from '../../test/network.ts'
import { countIn, TicketBench } from '../../test/ticket-bench.ts'
import type { TicketDeps } from './tickets.ports.ts'
import { createTicketsRepo } from './tickets.repo.ts'

const network = strictNetwork()
let bench: TicketBench
let conversation: string

beforeEach(async () => {
  bench = new TicketBench()
  await bench.setUp()
  network.handle(bench.desk.handle)
  conversation = await bench.addConversation(await bench.addContact())
})

class Crash extends Error {}

/** Everything that a pass does outside of itself, one after the other; at `crashAt` it dies, before or after doing it. */
function countSteps<Port extends object>(port: Port, step: (name: string, isDone: boolean) => void): Port {
  const wrapped = Object.entries(port).map(([name, value]: [string, unknown]) => {
    if (typeof value !== 'function') return [name, value]
    const method = (...values: unknown[]): unknown => {
      step(name, false)
      const answer: unknown = Reflect.apply(value, wrappedPort, values)
      if (!(answer instanceof Promise)) {
        step(name, true)
        return answer
      }
      return answer.then((result: unknown) => {
        step(name, true)
        return result
      })
    }
    return [name, method]
  })
  const wrappedPort = Object.fromEntries(wrapped) as Port
  return wrappedPort
}

/** Lives through first message, burst with a file, closed ticket and answer, and dies at one step. Resolves to how many there are. */
async function liveAndDieAt(crashAt: number): Promise<number> {
  let steps = 0
  const step = (): void => {
    steps += 1
    if (steps === crashAt) throw new Crash()
  }
  bench.wraps = [
    (deps: TicketDeps) => ({
      ...deps,
      repo: countSteps(deps.repo, step),
      desk: countSteps(deps.desk, step),
      effects: countSteps(deps.effects, step),
    }),
  ]
  await survive(() => bench.receive(conversation, { text: 'text-one.' }))
  await survive(() => bench.receive(conversation, { text: 'text-two.' }, { text: 'text-three.', file: 'stored' }))
  const [ticket] = bench.desk.tickets
  if (ticket !== undefined) bench.desk.setStatus(ticket.id, 'Closed')
  await survive(() => bench.receive(conversation, { text: 'text-four.' }, { direction: 'out', text: 'text-five.' }))
  return steps
}

async function survive(happen: () => Promise<unknown>): Promise<void> {
  await happen()
  try {
    await bench.runToRest(conversation)
  } catch (error) {
    if (!(error instanceof Crash)) throw error
    // The object comes back a moment later and begins from what is stored.
    bench.now += 700
    await bench.runToRest(conversation)
  }
}

const PARTS = 10

describe('a conversation that dies at any one step', () => {
  it.each(Array.from({ length: PARTS }, (_, part) => part))(
    'has everything in one ticket once (part %i)',
    async (part) => {
      const steps = await liveAndDieAt(-1)
      expect(steps).toBeGreaterThan(60)
      for (let crashAt = 1 + part; crashAt <= steps; crashAt += PARTS) {
        bench = new TicketBench()
        await bench.setUp()
        network.handle(bench.desk.handle)
        conversation = await bench.addConversation(await bench.addContact())
        await liveAndDieAt(crashAt)
        const text = bench.desk.tickets.map((ticket) => bench.desk.textOf(ticket)).join('\n')
        expect({
          crashAt,
          contacts: bench.desk.contacts.length,
          tickets: bench.desk.tickets.map(({ status }) => status),
          texts: ['one', 'two', 'three', 'four', 'five'].map((name) => countIn(text, `text-${name}.`)),
          files: [...bench.desk.uploads.values()].filter(({ isUsed }) => isUsed).length,
          decisions: await bench.decisions(conversation),
          isPending: await bench.isPending(conversation),
        }).toEqual({
          crashAt,
          contacts: 1,
          tickets: ['Open'],
          texts: [1, 1, 1, 1, 1],
          files: 1,
          decisions: ['created:first', 'reopened:closed_recently'],
          isPending: false,
        })
      }
    },
  )
})

/** A database that adds up what its statements read and write. */
function metered(db: D1Database): { db: D1Database; totals: { read: number; written: number } } {
  const totals = { read: 0, written: 0 }
  const add = <Answer extends { meta: D1Meta }>(answer: Answer): Answer => {
    totals.read += answer.meta.rows_read
    totals.written += answer.meta.rows_written
    return answer
  }
  const meter = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped: Partial<D1PreparedStatement> & { statement: D1PreparedStatement } = {
      statement,
      bind: (...values: unknown[]) => meter(statement.bind(...values)),
      run: async <Row>() => add(await statement.run<Row>()),
      all: async <Row>() => add(await statement.all<Row>()),
      first: async <Row>() => add(await statement.all<Row>()).results[0] ?? null,
    }
    return wrapped as D1PreparedStatement
  }
  const wrapped = {
    prepare: (sql: string) => meter(db.prepare(sql)),
    batch: async (statements: Array<{ statement: D1PreparedStatement }>) =>
      (await db.batch(statements.map(({ statement }) => statement))).map(add),
  }
  return { db: wrapped as unknown as D1Database, totals }
}

describe('an ordinary message', () => {
  it.each([0, 400])('costs one written row and five read, with %i older messages', async (older) => {
    await bench.receive(conversation, { text: 'First' })
    await bench.runToRest(conversation)
    await bench.receive(conversation, ...Array.from({ length: older }, () => ({ text: 'old' })))
    await bench.runToRest(conversation)
    const { db, totals } = metered(env.SHARD_0)
    bench.wraps = [(deps) => ({ ...deps, repo: createTicketsRepo({ db, orgId: bench.orgId }, conversation) })]
    await bench.receive(conversation, { text: 'Ordinary' })
    await bench.runToRest(conversation)
    expect(totals).toMatchObject({ read: 5, written: 1 })
  })
})
