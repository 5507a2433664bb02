import { describe, expect, it } from 'vitest'
import type { Logger } from './platform/logger.ts'
import type { QueuedMessage } from './queue.ts'
import { keepDeadJobs, runJobs } from './queue.ts'

const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }

function queued(id: string, body: unknown, attempts = 1): QueuedMessage & { outcome: string } {
  return {
    id,
    body,
    attempts,
    outcome: 'none',
    ack() {
      this.outcome = 'done'
    },
    retry(options) {
      this.outcome = `again in ${options?.delaySeconds ?? 0}`
    },
  }
}

const job = (messageSeq: number) => ({ kind: 'fetch_media', orgId: 'org_a', shard: 0, messageSeq })

describe('background jobs', () => {
  it('are done or tried again each for itself, later and later', async () => {
    const ran: number[] = []
    const messages = [
      queued('a', job(1)),
      queued('b', job(2), 3),
      queued('c', { kind: 'unheard_of' }, 9),
      queued('d', job(4)),
      queued('e', { kind: 'refresh_account', orgId: 'org_a', shard: 0, wabaId: '700100' }),
      queued('g', {
        kind: 'wake_conversations',
        orgId: 'org_a',
        shard: 0,
        reason: 'send',
        waiting: ['cv_1'],
        underWay: [],
      }),
      queued('f', { kind: 'archive_history', orgId: 'org_a', shard: 0, phoneNumberId: '800100' }),
    ]
    const read: string[] = []
    const fetchMedia = async ({ messageSeq }: { messageSeq: number }) => {
      if (messageSeq === 2) throw new Error('Meta is away')
      ran.push(messageSeq)
    }
    await runJobs(
      messages,
      {
        fetch_media: fetchMedia,
        refresh_account: async ({ wabaId }) => void read.push(wabaId),
        archive_history: async ({ phoneNumberId }) => void read.push(phoneNumberId),
        wake_conversations: async ({ waiting }) => void read.push(...waiting),
      },
      silent,
    )
    expect(ran).toEqual([1, 4])
    expect(read).toEqual(['700100', 'cv_1', '800100'])
    expect(messages.map(({ outcome }) => outcome)).toEqual([
      'done',
      'again in 40',
      'again in 600',
      'done',
      'done',
      'done',
      'done',
    ])
  })

  it('that were given up are kept, or offered again where they cannot be', async () => {
    const kept = new Map<string, string>()
    const messages = [queued('a', job(1)), queued('b', job(2))]
    const keep = async (id: string, record: string) => {
      if (id === 'b') throw new Error('R2 is away')
      kept.set(id, record)
    }
    await keepDeadJobs(messages, keep, silent)
    expect(kept.get('a')).toBe(JSON.stringify({ id: 'a', job: job(1) }))
    expect(messages.map(({ outcome }) => outcome)).toEqual(['done', 'again in 0'])
  })
})
