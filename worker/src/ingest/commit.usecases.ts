import { isForArchive } from '../archive/archive.messages.ts'
import { changesFacts } from '../onboarding/account-events.model.ts'
import type { Logger } from '../platform/logger.ts'
import { classifyRefusal } from './d1-refusals.ts'
import type { Facts, Item, Needs, Place, Plan } from './ingest.types.ts'
import type { NewIds } from './plan.draft.ts'
import { NotReadyError } from './plan.draft.ts'
import type { Ground } from './plan.needs.ts'
import { needsOf } from './plan.needs.ts'
import { planBatch } from './plan.ts'

export type CommitPorts = {
  ground: Ground
  readPlace: () => Promise<Place>
  loadFacts: (needs: Needs) => Promise<Facts>
  /** One transaction: all of the plan or, where it throws, nothing. */
  writePlan: (plan: Plan) => Promise<{ mediaSeqs: number[] }>
  /** The event with a text that fits a row of D1. */
  spill: (item: Item) => Promise<Item>
  ids: NewIds
  logger: Logger
}

/** What has to happen after a commit, and may happen twice or never: a sweep finds it again. */
export type Aftermath = {
  wakes: Map<string, 'inbound' | 'status'>
  mediaSeqs: number[]
  /** Accounts of which something is another now. */
  accounts: Set<string>
  /** Numbers for whose archive something came. */
  archives: Set<string>
}

const MAX_TRIES = 6

/** Writes events to D1, each once, in order, whatever happens in between. */
export class Committer {
  readonly #ports: CommitPorts
  readonly #aftermath: Aftermath = { wakes: new Map(), mediaSeqs: [], accounts: new Set(), archives: new Set() }
  /** Up to where D1 holds the lane, while we know it. */
  #place: Place | null

  constructor(ports: CommitPorts, place: Place | null) {
    this.#ports = ports
    this.#place = place
  }

  get place(): Place | null {
    return this.#place
  }

  takeAftermath(): Aftermath {
    const { wakes, mediaSeqs, accounts, archives } = this.#aftermath
    const taken = {
      wakes: new Map(wakes),
      mediaSeqs: mediaSeqs.splice(0),
      accounts: new Set(accounts),
      archives: new Set(archives),
    }
    for (const one of [wakes, accounts, archives]) one.clear()
    return taken
  }

  /**
   * Commits a batch. One that D1 refuses is halved until the event it cannot take stands alone and becomes a dead letter; its
   * neighbours go on. Throws where D1 is overloaded or away: nothing is lost then, the lane keeps the parts.
   */
  async commit(items: readonly Item[]): Promise<void> {
    try {
      await this.#write(items)
    } catch (error) {
      if (error instanceof NotReadyError || classifyRefusal(error) === 'overload') throw error
      const [only] = items
      if (only === undefined) throw error
      if (items.length === 1) {
        await this.#bury(only, error)
        return
      }
      const middle = Math.ceil(items.length / 2)
      await this.commit(items.slice(0, middle))
      await this.commit(items.slice(middle))
    }
  }

  /** Plans and writes; where somebody else was faster, reads what is true now and plans again. */
  async #write(items: readonly Item[]): Promise<void> {
    let tried: Plan | null = null
    for (let attempt = 1; ; attempt += 1) {
      const place = await this.#findPlace()
      const left = items.filter((item) => isAfter(item, place))
      if (left.length === 0) {
        // The answer to an earlier try was lost and the try was not: what follows from it is still to be done.
        if (tried !== null) this.#remember(tried, [])
        return
      }
      const facts = await this.#ports.loadFacts(needsOf(left, this.#ports.ground))
      tried = planBatch(left, facts, this.#ports.ground, place, this.#ports.ids)
      try {
        const { mediaSeqs } = await this.#ports.writePlan(tried)
        this.#place = tried.end
        this.#remember(tried, mediaSeqs)
        return
      } catch (error) {
        this.#place = null
        if (classifyRefusal(error) !== 'conflict' || attempt === MAX_TRIES) throw error
        this.#ports.logger.info('ingest.planned_again', { attempt, orgId: this.#ports.ground.orgId })
      }
    }
  }

  async #findPlace(): Promise<Place> {
    this.#place ??= await this.#ports.readPlace()
    return this.#place
  }

  /** Keeps one event that D1 does not take as a dead letter. If D1 does not even take that, the trouble is not the event. */
  async #bury(item: Item, cause: unknown): Promise<void> {
    const { logger, ground } = this.#ports
    logger.error('ingest.buried', cause, { orgId: ground.orgId, part: item.part, unit: item.unit })
    const reason = `It could not be stored: ${describe(cause)}`
    await this.#write([{ ...(await this.#ports.spill(item)), event: { kind: 'unreadable', reason } }])
  }

  #remember(plan: Plan, mediaSeqs: readonly number[]): void {
    for (const [conversationId, reason] of plan.wakes) {
      if (this.#aftermath.wakes.get(conversationId) !== 'inbound') this.#aftermath.wakes.set(conversationId, reason)
    }
    this.#aftermath.mediaSeqs.push(...mediaSeqs)
    for (const { wabaId, field } of plan.events) {
      if (wabaId !== null && changesFacts(field)) this.#aftermath.accounts.add(wabaId)
      if (isForArchive(field)) this.#aftermath.archives.add(this.#ports.ground.phoneNumberId)
    }
  }
}

function isAfter(item: Item, place: Place): boolean {
  return item.part > place.part || (item.part === place.part && item.unit > place.unit)
}

/** The refusal without what was refused: reasons are shown, and an error may quote values. */
function describe(error: unknown): string {
  const message = error instanceof Error ? error.message : 'unknown error'
  return message.replace(/\d{7,}/g, '…').slice(0, 200)
}
