import type { Wake } from '../conversations/conversation.types.ts'
import type { BackgroundJob } from '../platform/jobs.ts'
import type { Logger } from '../platform/logger.ts'
import type { Aftermath } from './commit.usecases.ts'
import type { Owner } from './ingest.types.ts'

export type FollowPorts = {
  wake: (owner: Owner, conversationId: string, wake: Wake) => Promise<void>
  enqueue: (jobs: BackgroundJob[]) => Promise<void>
  logger: Logger
}

/** Under load wakes for one conversation come together; this many are under way at a time. */
const AT_ONCE = 8
const MAX_JOBS = 100

/**
 * Does what follows from a commit: wakes conversations, asks for media. The lane does not wait for it, and what fails here is found
 * again by the sweeps of pending work and pending media.
 */
export class Follower {
  readonly #ports: FollowPorts
  readonly #waiting = new Map<string, { owner: Owner; conversationId: string; reason: Wake['reason'] }>()
  #running = 0

  constructor(ports: FollowPorts) {
    this.#ports = ports
  }

  add(owner: Owner, { wakes, mediaSeqs }: Aftermath): void {
    for (const [conversationId, reason] of wakes) this.#wait(owner, conversationId, reason)
    if (mediaSeqs.length > 0) void this.#enqueue(owner, mediaSeqs)
    while (this.#running < Math.min(AT_ONCE, this.#running + this.#waiting.size)) void this.#work()
  }

  #wait(owner: Owner, conversationId: string, reason: Wake['reason']): void {
    const key = `${owner.orgId} ${conversationId}`
    if (this.#waiting.get(key)?.reason !== 'inbound') this.#waiting.set(key, { owner, conversationId, reason })
  }

  async #work(): Promise<void> {
    this.#running += 1
    for (let next = this.#next(); next !== null; next = this.#next()) {
      try {
        await this.#ports.wake(next.owner, next.conversationId, { reason: next.reason })
      } catch (error) {
        this.#ports.logger.error('ingest.wake_failed', error, { conversationId: next.conversationId })
      }
    }
    this.#running -= 1
  }

  #next() {
    for (const [key, waiting] of this.#waiting) {
      this.#waiting.delete(key)
      return waiting
    }
    return null
  }

  async #enqueue({ orgId, shard }: Owner, seqs: readonly number[]): Promise<void> {
    try {
      for (let start = 0; start < seqs.length; start += MAX_JOBS) {
        const jobs = seqs.slice(start, start + MAX_JOBS)
        await this.#ports.enqueue(jobs.map((messageSeq) => ({ kind: 'fetch_media', orgId, shard, messageSeq })))
      }
    } catch (error) {
      this.#ports.logger.error('ingest.enqueue_failed', error, { orgId })
    }
  }
}
