import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorBodySchema, sendingSchema, setupViewSchema } from '../../contract/index.ts'
import { Administrator } from '../sandbox/administrator.ts'
import { demoAgentIds, demoMeta, demoPortal } from '../sandbox/demo.ts'
import type { Ports } from '../sandbox/ports.ts'
import { startSandbox } from '../sandbox/sandbox.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { localKeys, workerVars } from '../sandbox/worker-process.ts'
import type { Api } from '../support/api.ts'
import { Customer } from '../support/customer.ts'
import { control, demoApi, metaState } from '../support/suite-sandbox.ts'
import { startTwinWorkers } from '../support/twin-workers.ts'
import { eventually } from '../support/wait.ts'

const DAY_MS = 86_400_000
const { phoneNumberId } = demoMeta

let sandbox: Sandbox
let api: Api

/** The sandbox with two services of the Worker in the place of one: every limit has to hold whoever is asked. */
beforeAll(async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kaiwa-'))
  const started = await startSandbox({ basePort: 4540, dir, mode: 'trial' })
  await started.worker().stop()
  const { worker, desk, meta, widget } = originsOf(started.ports)
  const stateDir = join(dir, 'trial')
  const endTwins = await startTwinWorkers({
    port: started.ports.worker,
    stateDir: join(stateDir, 'worker'),
    vars: { ...localKeys(stateDir), ...workerVars({ worker, desk, meta, widget }) },
  })
  sandbox = {
    ...started,
    stop: async () => {
      await endTwins()
      await started.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
  api = demoApi(sandbox)
}, 300_000)
afterAll(() => sandbox.stop())

function originsOf(ports: Ports) {
  const at = (port: number): string => `http://127.0.0.1:${port}`
  return { worker: at(ports.worker), desk: at(ports.desk), meta: at(ports.meta), widget: at(ports.widget) }
}

const phone = (series: number, index: number): string => `8190${series}${String(index).padStart(7, '0')}`
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

/** Runs a task for each number, so many at once. */
async function forEachOf<Value>(
  count: number,
  atOnce: number,
  task: (index: number) => Promise<Value>,
): Promise<Value[]> {
  const results: Value[] = []
  let next = 0
  const work = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) results[index] = await task(index)
  }
  await Promise.all(range(atOnce).map(work))
  return results
}

/** `accepted`, or the code of the refusal. */
function outcome({ status, body }: { status: number; body: unknown }): string {
  const refusal = errorBodySchema.safeParse(body)
  return refusal.success ? refusal.data.error.code : status === 201 ? 'accepted' : String(status)
}

/** How often each outcome came. */
function tally(outcomes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const each of outcomes) counts[each] = (counts[each] ?? 0) + 1
  return counts
}

const startWith = (to: string) =>
  api.call('POST', '/api/conversations', {
    clientId: randomUUID(),
    phoneNumberId,
    to: `+${to}`,
    template: { name: 'order_ready', language: 'en_GB', bodyParams: ['4711'] },
  })

const write = (from: string, text: string): Promise<unknown> =>
  control(sandbox.endpoints.meta, 'inbound', { from, name: `Customer ${from}`, type: 'text', text: { body: text } })

/** Writes as so many customers of a series; resolves to the ids of their conversations. */
async function waitingCustomers(series: number, count: number): Promise<string[]> {
  const before = (await api.counters(phoneNumberId)).stored
  await forEachOf(count, 20, (index) => write(phone(series, index), 'Hello?'))
  // Listing thousands of conversations over and over would be most of the test.
  await eventually(
    `${count} messages stored`,
    async () => (await api.counters(phoneNumberId)).stored >= before + count,
    180_000,
  )
  const found = await conversationsOf(series)
  expect(found).toHaveLength(count)
  return found
}

async function conversationsOf(series: number): Promise<string[]> {
  const all = await api.conversations()
  return all.filter(({ contact }) => contact.phone?.startsWith(`+8190${series}`)).map(({ id }) => id)
}

/** What reached WhatsApp for the customers of a series. */
async function sentTo(series: number): Promise<number> {
  const { messages } = await metaState(sandbox)
  return messages.filter(
    ({ direction, input }) => direction === 'out' && input?.replace('+', '').startsWith(`8190${series}`) === true,
  ).length
}

const proof = (): Promise<Administrator> =>
  Administrator.signIn({
    worker: sandbox.endpoints.worker,
    purpose: 'proof',
    portalId: demoPortal.orgId,
    signer: { orgId: demoPortal.orgId, agentId: demoAgentIds.ana },
  })
const standing = async (administrator: Administrator) => {
  const { numbers } = await administrator.done(setupViewSchema, 'GET', '/api/setup')
  return numbers.find((number) => number.phoneNumberId === phoneNumberId)?.standing
}

describe('a fresh trial', () => {
  it('lets templates at once to 100 new people reach exactly 2', async () => {
    const outcomes = (await forEachOf(100, 50, (index) => startWith(phone(1, index)))).map(outcome)
    expect(tally(outcomes)).toEqual({ accepted: 2, 'quota.trial_templates': 98 })
    await eventually('both on their way', async () => (await sentTo(1)) === 2)
  })

  it('lets answers at once to 30 waiting customers reach exactly 10', async () => {
    const ids = await waitingCustomers(2, 30)
    const answers = await forEachOf(30, 30, (index) => api.send(ids[index] ?? '', randomUUID(), 'Here we are'))
    expect(tally(answers.map(outcome))).toEqual({ accepted: 10, 'quota.trial_answers': 20 })
    await eventually('all ten on their way', async () => (await sentTo(2)) === 10)
    const full = answers.find(({ status }) => status === 409)
    expect(full?.body).toMatchObject({ error: { details: { pool: 'answers', used: 10, limit: 10 } } })
    expect((await standing(await proof()))?.places).toEqual(
      expect.arrayContaining([
        { pool: 'templates', used: 2, limit: 2 },
        { pool: 'answers', used: 10, limit: 10 },
      ]),
    )
  })

  it('goes on answering those who have a place, and says so before anybody writes', async () => {
    const ids = await conversationsOf(2)
    const known = await Promise.all(
      ids.map(async (id) => ({ id, sending: await api.get(`/api/conversations/${id}/sending`, sendingSchema) })),
    )
    const open = known.filter(({ sending }) => sending.refusal === null)
    expect(open).toHaveLength(10)
    expect(new Set(known.map(({ sending }) => sending.refusal))).toEqual(new Set([null, 'trial_answers']))
    expect(outcome(await api.send(open[0]?.id ?? '', randomUUID(), 'And once more'))).toBe('accepted')
  })
})

describe('30 days later', () => {
  it('nothing goes out, everything can be read, and customers still become tickets', async () => {
    await control(sandbox.endpoints.meta, 'clock', { advanceMs: 30 * DAY_MS })
    api = demoApi(sandbox)
    const customer = new Customer('Lena Late', sandbox, () => api)
    await customer.write('Is anybody there?')
    expect((await customer.ticket()).description).toContain('Is anybody there?')
    const { id } = await customer.conversation()
    // Each service takes the new time over within a second.
    for (const attempt of [() => api.send(id, 'thirty-days-later', 'We are'), () => startWith(phone(4, 1))])
      await eventually('the end of the trial', async () => outcome(await attempt()) === 'quota.trial_expired')
    const [old] = await conversationsOf(2)
    expect((await api.messages(old ?? '')).length).toBeGreaterThan(0)
  })
})
