import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { demoMeta } from '../../sandbox/demo.ts'
import { isObject, valueAt } from '../contract/json.ts'
import { findTooLenient } from '../contract/strictness.ts'
import { Contracts, contractsFolder, describeProblem } from '../contracts.ts'
import type { JournalEntry } from '../contracts.ts'
import { customer, MetaCaller } from './meta-caller.ts'
import { metaLenient } from './meta-lenient.ts'
import { metaNotDescribed } from './meta-not-described.ts'
import { objectSteps } from './object.steps.ts'
import { refusedSteps } from './refused.steps.ts'
import { sendSteps } from './send.steps.ts'
import { decisions, incoming, outcomes } from './webhook.steps.ts'

const folder = contractsFolder()

describe.skipIf(folder === undefined)('Meta against its contract', () => {
  let contracts: Contracts
  let meta: MetaCaller
  const calls: JournalEntry[] = []

  beforeAll(async () => {
    contracts = new Contracts(folder ?? '')
    meta = await MetaCaller.start()
    await meta.hear({ type: 'text', text: 'Hi' })
  })
  afterAll(() => meta.stop())
  beforeEach(() => void meta.takeJournal())

  const webhookProblems = (): string[] =>
    meta.webhooks.flatMap((body) => contracts.checkWebhook(body)).map(describeProblem)

  it.each([...sendSteps, ...objectSteps])('$name', async ({ run }) => {
    await run(meta)
    const entries = meta.takeJournal()
    calls.push(...entries)
    expect(entries.length).toBeGreaterThan(0)
    expect(entries.flatMap(({ status, answer }) => (status >= 400 ? [answer] : []))).toEqual([])
    expect(contracts.checkProductCalls('meta', entries).map(describeProblem)).toEqual([])
  })

  it.each(refusedSteps)('refused: $name', async ({ run }) => {
    await run(meta)
    const entries = meta.takeJournal()
    expect(entries.map(({ status }) => status >= 400)).toEqual([true])
    expect(contracts.checkJournal('meta', entries).map(describeProblem)).toEqual([])
  })

  it.each(incoming)('webhook of $name', async ({ message }) => {
    const wanted = await meta.hear(message)
    await meta.update('messages', ({ id }) => id === wanted)
    expect(webhookProblems()).toEqual([])
  })

  it.each(outcomes)('webhook of a message that is $name', async ({ send, status }) => {
    const { body } = await send(meta)
    const wanted = valueAt(body, 'messages/0/id')
    await meta.update('statuses', (update) => update['id'] === wanted && update['status'] === status)
    expect(webhookProblems()).toEqual([])
  })

  it('webhook of several messages in one body', async () => {
    const messages = ['a', 'b', 'c'].map((text) => ({ from: customer, type: 'text', text }))
    const { ids } = await meta.control('inbound/batch', { messages })
    await meta.update('messages', ({ id }) => Array.isArray(ids) && id === ids.at(-1))
    expect(webhookProblems()).toEqual([])
  })

  it('webhook of a template’s review', async () => {
    await meta.control('template', { id: demoMeta.template.id, status: 'APPROVED' })
    await meta.change('message_template_status_update')
    expect(webhookProblems()).toEqual([])
  })

  it.each(decisions)('webhook of $field', async ({ field, decision }) => {
    await meta.control('decision', decision)
    await meta.change(field)
    expect(webhookProblems()).toEqual([])
  })

  it('refuses every body that the contract refuses', async () => {
    const send = async ({ method, path }: JournalEntry, body: unknown): Promise<number> =>
      (await meta.send(method, path, isObject(body) ? body : undefined, demoMeta.token)).status
    const found = await findTooLenient({ contracts, platform: 'meta', calls, send, lenient: metaLenient })
    expect(found.accepted).toEqual([])
    expect(found.tried).toBeGreaterThan(500)
  })

  it('meets every known fault of the file', () => {
    expect(contracts.meta.unmetFaults()).toEqual([])
  })

  it.each(metaNotDescribed)('$id is not described', ({ method, template }) => {
    const path = template.replace('{Version}', 'v25.0').replace('{Application-ID}', demoMeta.appId)
    expect(contracts.meta.describes(method, path)).toBeUndefined()
  })
})
