import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { journalEntrySchema } from './contract/exchange.ts'
import type { Exchange, JournalEntry, Scope } from './contract/exchange.ts'
import type { Problem } from './contract/problems.ts'
import { DeskContract } from './desk/desk-check.ts'
import { MetaContract } from './meta/meta-check.ts'

export type { Exchange, JournalEntry, Scope } from './contract/exchange.ts'
export { describeProblem } from './contract/problems.ts'
export type { Problem } from './contract/problems.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The folder that `CONTRACTS_DIR` names, from the project's root; undefined where it names none or nothing is there. */
export function contractsFolder(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = environment['CONTRACTS_DIR']
  if (named === undefined || named === '') return undefined
  const folder = join(named.startsWith('/') ? '' : ROOT, named)
  return existsSync(folder) ? folder : undefined
}

/**
 * The platforms' own descriptions, patched and corrected in memory as their notes say. Each file is read when the first
 * call of its platform is checked: a second or two. Throws when a file is missing or no longer says what a correction
 * expects.
 */
export class Contracts {
  readonly #folder: string
  #desk: DeskContract | undefined
  #meta: MetaContract | undefined

  constructor(folder: string) {
    this.#folder = folder
  }

  get desk(): DeskContract {
    this.#desk ??= new DeskContract(this.#folder)
    return this.#desk
  }

  get meta(): MetaContract {
    this.#meta ??= new MetaContract(this.#folder)
    return this.#meta
  }

  /** What is wrong with one call and its answer. */
  checkExchange(exchange: Exchange, scope: Scope = {}): Problem[] {
    return exchange.platform === 'desk' ? this.desk.check(exchange, scope) : this.meta.check(exchange, scope)
  }

  /** What is wrong with a body that Meta sent to a callback. */
  checkWebhook(body: unknown): Problem[] {
    return this.meta.checkWebhook(body)
  }

  /** What is wrong with the calls of a double's journal: all its answers, and the requests it accepted. */
  checkJournal(platform: Exchange['platform'], entries: readonly JournalEntry[], scope: Scope = {}): Problem[] {
    const exchanges = entries.map((entry): Exchange => ({ platform, ...entry, requestBody: entry.body }))
    // Ids first: a call may name an object that a later one tells about.
    if (platform === 'meta') for (const exchange of exchanges) this.meta.ids.learn(exchange)
    return exchanges.flatMap((exchange) => this.checkExchange(exchange, scope))
  }

  /** The same for calls that the product made: its requests must fit whether they were accepted or not. */
  checkProductCalls(platform: Exchange['platform'], entries: readonly JournalEntry[], scope: Scope = {}): Problem[] {
    return this.checkJournal(platform, entries, { ...scope, refusedRequests: true })
  }

  /**
   * What is wrong with all that a running sandbox has seen of the product: its calls to both doubles, their answers and
   * Meta's webhooks. `desk` and `meta` are the doubles' addresses.
   */
  async checkRun({ desk, meta }: { desk: string; meta: string }, scope: Scope = {}): Promise<Problem[]> {
    // All of it first: reading the descriptions blocks for seconds, and an idle connection would be closed meanwhile.
    const [deskCalls, metaCalls, webhooks] = [
      journalSchema.parse(await read(`${desk}/__sandbox/journal`)),
      journalSchema.parse(await read(`${meta}/__sandbox/journal`)),
      webhooksSchema.parse(await read(`${meta}/__sandbox/webhooks`)),
    ]
    return [
      ...this.checkProductCalls('desk', deskCalls, scope),
      ...this.checkProductCalls('meta', metaCalls, scope),
      ...webhooks.flatMap(({ body }) => this.checkWebhook(body)),
    ]
  }
}

const journalSchema = z.array(journalEntrySchema)
const webhooksSchema = z.array(z.object({ body: z.unknown() }))

async function read(address: string): Promise<unknown> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address} answered ${response.status}`)
  return response.json()
}
