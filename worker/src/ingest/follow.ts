import type { Wake } from '../conversations/conversation.types.ts'
import type { BackgroundJob } from '../platform/jobs.ts'
import type { Logger } from '../platform/logger.ts'
import type { Aftermath } from './commit.usecases.ts'
import type { Owner } from './ingest.types.ts'

export type FollowPorts = {
  wake: (owner: Owner, conversationId: string, wake: Wake) => Promise<void>
  enqueue: (jobs: BackgroundJob[]) => Promise<void>
  wait: (ms: number) => Promise<void>
  logger: Logger
}

/** Wakes begin no closer together than this. What comes for a conversation that still waits for its wake is told with it. */
const PACE_MS = 4
const AT_ONCE = 16
const MAX_JOBS = 100

/**
 * Does what follows from a commit: wakes conversations, asks for media. The lane does not wait for it, and what fails here is found
 * again by the sweeps of pending work and pending media.
 */
export class Follower {
  readonly #ports: FollowPorts
  readonly #waiting = new Map<string, { owner: Owner; conversationId: string; reason: Wake['reason'] }>()
  #isPacing = false
  #underWay = 0

  constructor(ports: FollowPorts) {
    this.#ports = ports
  }

  add(owner: Owner, { wakes, mediaSeqs, accounts, archives }: Aftermath): void {
    for (const [conversationId, reason] of wakes) this.#queue(owner, conversationId, reason)
    const { orgId, shard } = owner
    const jobs: BackgroundJob[] = [
      ...mediaSeqs.map((messageSeq) => ({ kind: 'fetch_media' as const, orgId, shard, messageSeq })),
      ...[...accounts].map((wabaId) => ({ kind: 'refresh_account' as const, orgId, shard, wabaId })),
      ...[...archives].map((phoneNumberId) => ({ kind: 'archive_history' as const, orgId, shard, phoneNumberId })),
    ]
    if (jobs.length > 0) void this.#enqueue(orgId, jobs)
    if (!this.#isPacing) void this.#pace()
  }

  #queue(owner: Owner, conversationId: string, reason: Wake['reason']): void {
    const key = `${owner.orgId} ${conversationId}`
    if (this.#waiting.get(key)?.reason !== 'inbound') this.#waiting.set(key, { owner, conversationId, reason })
  }

  async #pace(): Promise<void> {
    this.#isPacing = true
    while (this.#waiting.size > 0) {
      if (this.#underWay < AT_ONCE) void this.#wakeNext()
      if (this.#waiting.size > 0) await this.#ports.wait(PACE_MS)
    }
    this.#isPacing = false
  }

  async #wakeNext(): Promise<void> {
    const [next] = this.#waiting
    if (next === undefined) return
    const [key, { owner, conversationId, reason }] = next
    this.#waiting.delete(key)
    this.#underWay += 1
    try {
      await this.#ports.wake(owner, conversationId, { reason })
    } catch (error) {
      this.#ports.logger.error('ingest.wake_failed', error, { conversationId })
    } finally {
      this.#underWay -= 1
    }
  }

  async #enqueue(orgId: string, jobs: readonly BackgroundJob[]): Promise<void> {
    try {
      for (let start = 0; start < jobs.length; start += MAX_JOBS)
        await this.#ports.enqueue(jobs.slice(start, start + MAX_JOBS))
    } catch (error) {
      this.#ports.logger.error('ingest.enqueue_failed', error, { orgId })
    }
  }
}
