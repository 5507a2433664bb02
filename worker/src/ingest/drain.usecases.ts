import type { Clock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'
import type { Blobs } from './blobs.ts'
import { MAX_TEXT } from './blobs.ts'
import type { CommitPorts } from './commit.usecases.ts'
import { Committer } from './commit.usecases.ts'
import type { UnroutedLetter } from './directory.repo.ts'
import type { Item, Owner, Place, StoredPart } from './ingest.types.ts'
import { readItems } from './items.ts'
import type { LaneRepo } from './lane.repo.ts'
import { NotReadyError } from './plan.draft.ts'

const DAY_MS = 86_400_000
const UNCLAIMED_MS = 7 * DAY_MS

/** With at most this many events a transaction stays far under D1's limits: each costs two statements at the most. */
const MAX_BATCH = 200

/** A lane that takes in more than so much works in rounds no shorter than this. */
const ROUND_MS = 80
const BUSY_PER_MS = 0.05

export type DrainPorts = {
  /** As in `objectNames.lane`. */
  name: string
  isNumberLane: boolean
  repo: LaneRepo
  /** Whose the lane is, asked anew each time; null while nobody has connected it. 'nobody': no organisation ever will. */
  findOwner: () => Promise<Owner | null | 'nobody'>
  /** What commits need in the owner's shard; null while the owner does not have the number yet. */
  openShard: (owner: Owner) => Promise<CommitPorts | null>
  /** Looks into what nobody owns yet for accounts that can be claimed. */
  noteUnclaimed: (parts: readonly StoredPart[]) => Promise<void>
  keepUnrouted: (letters: UnroutedLetter[]) => Promise<void>
  blobs: Blobs
  /** Wakes conversations and asks for media. Never throws: a sweep finds again what was not done. */
  follow: (owner: Owner, aftermath: ReturnType<Committer['takeAftermath']>) => void
  clock: Clock
  wait: (ms: number) => Promise<void>
  logger: Logger
}

/** `drained`: nothing is left. `unclaimed`: what is left waits for an owner. */
export type Drained = 'drained' | 'unclaimed'

/** Drains one lane, part by part. One of these lives as long as its Durable Object; runs of it must not overlap. */
export class Drain {
  readonly #ports: DrainPorts
  /** Up to where D1 holds the lane, for the owner it was learnt from. */
  #known: { owner: string; place: Place | null } = { owner: '', place: null }
  #round = { at: 0, parts: 0 }
  #shard: { owner: string; ports: CommitPorts } | null = null

  constructor(ports: DrainPorts) {
    this.#ports = ports
  }

  /** Up to where D1 holds the lane, as far as we know. */
  get place(): Place | null {
    return this.#known.place
  }

  /** Works until nothing is left to do now. Throws where D1, R2 or the directory is away; everything is still here then. */
  async run(): Promise<Drained> {
    const { repo } = this.#ports
    for (;;) {
      await this.#gather()
      const parts = repo.take()
      const last = parts.at(-1)
      if (last === undefined) return 'drained'
      this.#round = { at: this.#ports.clock(), parts: parts.length }
      const owner = await this.#ports.findOwner()
      if (owner === 'nobody') await this.#giveUp(parts, 'It names neither a number nor an account that can be found.')
      else if (owner === null || !(await this.#drain(parts, owner))) {
        if (owner === null) await this.#ports.noteUnclaimed(parts)
        await this.#expire()
        return 'unclaimed'
      } else {
        repo.removeUpTo(last.id)
        await this.#dropBlobs(parts)
      }
    }
  }

  /** Under load a round waits for more to come: what a round costs beside its parts is shared by all of them. */
  async #gather(): Promise<void> {
    const { at, parts } = this.#round
    const elapsed = this.#ports.clock() - at
    if (elapsed >= 0 && elapsed < ROUND_MS && parts > BUSY_PER_MS * elapsed) await this.#ports.wait(ROUND_MS - elapsed)
  }

  /** False where the number is not ready to take anything. */
  async #drain(parts: readonly StoredPart[], owner: Owner): Promise<boolean> {
    const key = `${owner.orgId} ${owner.connectedAt}`
    if (this.#shard?.owner !== key) {
      const ports = await this.#ports.openShard(owner)
      if (ports === null) return false
      this.#shard = { owner: key, ports }
    }
    const committer = new Committer(this.#shard.ports, this.#known.owner === key ? this.#known.place : null)
    try {
      const items = await this.#readAll(parts, owner, this.#shard.ports)
      for (let start = 0; start < items.length; start += MAX_BATCH) {
        await committer.commit(items.slice(start, start + MAX_BATCH))
        this.#known = { owner: key, place: committer.place }
      }
      return true
    } catch (error) {
      if (error instanceof NotReadyError) return false
      throw error
    } finally {
      this.#known = { owner: key, place: committer.place }
      this.#ports.follow(owner, committer.takeAftermath())
    }
  }

  async #readAll(parts: readonly StoredPart[], owner: Owner, { spill }: CommitPorts): Promise<Item[]> {
    const items: Item[] = []
    for (const part of parts) {
      const text = await this.#textOf(part)
      for (const item of readItems(part, text, owner, this.#ports.isNumberLane))
        items.push(isKept(item) ? await spill(item) : item)
    }
    return items
  }

  async #textOf(part: StoredPart): Promise<string> {
    if (part.blobKey === null) return part.body ?? ''
    const text = await this.#ports.blobs.get(part.blobKey)
    if (text === null)
      this.#ports.logger.error('ingest.blob_gone', new Error('R2 does not hold a part.'), { part: part.id })
    return text ?? ''
  }

  /** After the parts are gone: a key without its text would be a part nobody can read. */
  async #dropBlobs(parts: readonly StoredPart[]): Promise<void> {
    for (const { blobKey } of parts) if (blobKey !== null) await this.#ports.blobs.delete(blobKey)
  }

  async #expire(): Promise<void> {
    const parts = this.#ports.repo.takeOlderThan(this.#ports.clock() - UNCLAIMED_MS)
    if (parts.length > 0) await this.#giveUp(parts, 'Nobody connected this number or account within 7 days.')
  }

  /** Keeps parts that are no organisation's, for the operator. */
  async #giveUp(parts: readonly StoredPart[], reason: string): Promise<void> {
    const letters: UnroutedLetter[] = []
    for (const part of parts) {
      const text = part.body ?? ''
      const isLarge = part.blobKey !== null || text.length > MAX_TEXT
      const key = `letters/unrouted/${this.#ports.name}/${part.id}`
      if (isLarge) await this.#ports.blobs.put(key, await this.#textOf(part))
      letters.push({ part: part.id, reason, body: isLarge ? `blob:${key}` : text, receivedAt: part.receivedAt })
    }
    await this.#ports.keepUnrouted(letters)
    this.#ports.repo.remove(parts.map(({ id }) => id))
    await this.#dropBlobs(parts)
  }
}

/** Whether the event's own text is kept. */
function isKept({ event }: Item): boolean {
  return event.kind === 'event' || event.kind === 'unreadable'
}
