import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { demoAgentIds } from '../../sandbox/demo.ts'
import { findTooLenient } from '../contract/strictness.ts'
import { Contracts, contractsFolder, describeProblem } from '../contracts.ts'
import type { JournalEntry } from '../contracts.ts'
import { DeskCaller } from './desk-caller.ts'
import { acceptedSteps, refusedSteps } from './desk.steps.ts'
import { deskNotDescribed } from './desk-not-described.ts'

const folder = contractsFolder()

describe.skipIf(folder === undefined)('Desk against its contract', () => {
  let contracts: Contracts
  let desk: DeskCaller
  const calls: JournalEntry[] = []

  beforeAll(async () => {
    contracts = new Contracts(folder ?? '')
    desk = new DeskCaller()
    await desk.signIn(demoAgentIds.ana)
  })
  beforeEach(() => void desk.takeJournal())

  it.each(acceptedSteps)('$name', async ({ run }) => {
    await run(desk)
    const entries = desk.takeJournal()
    calls.push(...entries)
    expect(entries.length).toBeGreaterThan(0)
    expect(entries.flatMap(({ status, answer }) => (status >= 400 ? [answer] : []))).toEqual([])
    expect(contracts.checkProductCalls('desk', entries).map(describeProblem)).toEqual([])
  })

  it.each(refusedSteps)('refused: $name', async ({ run }) => {
    await run(desk)
    const entries = desk.takeJournal()
    expect(entries.map(({ status }) => status >= 400)).toEqual([true])
    expect(contracts.checkJournal('desk', entries).map(describeProblem)).toEqual([])
  })

  it('refuses every body that the contract refuses', async () => {
    const send = async ({ method, path }: JournalEntry, body: unknown): Promise<number> =>
      (await desk.api(method, path.replace('/api/v1', ''), body)).status
    const found = await findTooLenient({ contracts, platform: 'desk', calls, send })
    expect(found.accepted).toEqual([])
    expect(found.tried).toBeGreaterThan(300)
  })

  it('meets every known fault of the files', () => {
    expect(contracts.desk.unmetFaults()).toEqual([])
  })

  it.each(deskNotDescribed)('$id is not described', ({ method, template }) => {
    expect(contracts.desk.describes(method, template.replaceAll(/\{\w+\}/g, '1'))).toBeUndefined()
  })
})
