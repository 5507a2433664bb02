import { isObject } from './json.ts'
import type { Contracts, Exchange, JournalEntry } from '../contracts.ts'
import { describeProblem } from '../contracts.ts'
import { mutantsOf } from './mutants.ts'

/** A strange body that a platform takes all the same. */
export type Leniency = { id: string; path: RegExp; what: RegExp; why: string }

export type Strictness = {
  contracts: Contracts
  platform: Exchange['platform']
  /** Calls that were made; the JSON bodies of those that were accepted are changed one part at a time. */
  calls: readonly JournalEntry[]
  /** Makes the call with another body and answers its status. */
  send: (entry: JournalEntry, body: unknown) => Promise<number>
  lenient?: readonly Leniency[]
}

/** What a double accepts though the contract does not: one line each. `tried` is how many bodies the contract refused. */
export async function findTooLenient(strictness: Strictness): Promise<{ tried: number; accepted: string[] }> {
  const { contracts, platform, send, lenient = [] } = strictness
  const accepted = new Set<string>()
  let tried = 0
  for (const entry of strictness.calls) {
    if (entry.status >= 400 || !isObject(entry.body)) continue
    for (const { what, body } of mutantsOf(entry.body)) {
      const exchange: Exchange = { platform, ...entry, requestBody: body, status: 200 }
      const problem = contracts.checkExchange(exchange).find(({ side }) => side === 'request')
      const isKnown = lenient.some((known) => known.path.test(entry.path) && known.what.test(what))
      if (problem === undefined || isKnown) continue
      tried += 1
      if ((await send(entry, body)) < 400) accepted.add(`${describeProblem(problem).slice(0, 200)} (${what})`)
    }
  }
  return { tried, accepted: [...accepted] }
}
