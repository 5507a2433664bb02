import { describe, expect, it } from 'vitest'
import type { BackgroundJob } from '../platform/jobs.ts'
import { Follower } from './follow.ts'

const owner = { orgId: 'org_1', shard: 0, appPath: '', connectedAt: 0 }
const nothing = {
  wakes: new Map<string, 'inbound' | 'status'>(),
  mediaSeqs: [],
  accounts: new Set<string>(),
  archives: new Set<string>(),
}

/** A follower whose waits and wakes end when the test says so. */
function bench(options: { failing?: string } = {}) {
  const woken: string[] = []
  const jobs: BackgroundJob[][] = []
  const errors: string[] = []
  let pass = (): void => undefined
  const follower = new Follower({
    wake: async (_owner, conversationId, { reason }) => {
      if (conversationId === options.failing) throw new Error('away')
      woken.push(`${conversationId} ${reason}`)
    },
    enqueue: async (list) => void jobs.push(list),
    wait: () => new Promise((resolve) => (pass = resolve)),
    logger: { info: () => undefined, warn: () => undefined, error: (event) => void errors.push(event) },
  })
  const turn = async () => {
    pass()
    await Promise.resolve()
    await Promise.resolve()
  }
  return { follower, woken, jobs, errors, turn }
}

describe('what follows from a commit', () => {
  it('wakes the first conversation at once and the others at a pace, each once', async () => {
    const { follower, woken, turn } = bench()
    follower.add(owner, {
      ...nothing,
      wakes: new Map([
        ['cv_1', 'status'],
        ['cv_2', 'status'],
        ['cv_3', 'inbound'],
      ]),
    })
    expect(woken).toEqual(['cv_1 status'])
    follower.add(owner, {
      ...nothing,
      wakes: new Map([
        ['cv_2', 'inbound'],
        ['cv_3', 'status'],
      ]),
    })
    await turn()
    await turn()
    await turn()
    expect(woken).toEqual(['cv_1 status', 'cv_2 inbound', 'cv_3 inbound'])
  })

  it('goes on after a wake that failed, and says so', async () => {
    const { follower, woken, errors, turn } = bench({ failing: 'cv_1' })
    follower.add(owner, {
      ...nothing,
      wakes: new Map([
        ['cv_1', 'inbound'],
        ['cv_2', 'inbound'],
      ]),
    })
    await turn()
    await turn()
    expect(woken).toEqual(['cv_2 inbound'])
    expect(errors).toEqual(['ingest.wake_failed'])
  })

  it('has accounts read again of which something is another now', async () => {
    const { follower, jobs, turn } = bench()
    follower.add(owner, { ...nothing, accounts: new Set(['700100']), archives: new Set(['800100']) })
    await turn()
    expect(jobs).toEqual([
      [
        { kind: 'refresh_account', orgId: owner.orgId, shard: owner.shard, wabaId: '700100' },
        { kind: 'archive_history', orgId: owner.orgId, shard: owner.shard, phoneNumberId: '800100' },
      ],
    ])
  })

  it('asks for media in batches a queue takes', async () => {
    const { follower, jobs, turn } = bench()
    follower.add(owner, { ...nothing, mediaSeqs: Array.from({ length: 150 }, (_, index) => index) })
    await turn()
    expect(jobs.map((list) => list.length)).toEqual([100, 50])
    expect(jobs[0]?.[0]).toEqual({ kind: 'fetch_media', orgId: 'org_1', shard: 0, messageSeq: 0 })
  })
})
