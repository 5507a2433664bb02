import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { rowsOf, run } from '../../test/rows.ts'
import { runSends } from '../messages/send-queue.ts'
import type { SendQueuePorts } from '../messages/send-queue.ts'
import type { PairLevel } from '../messages/sends.model.ts'
import { retryMessage } from '../messages/sends.usecases.ts'
import { objectNames } from '../platform/scope.ts'
import type { Trial } from '../quotas/quotas.test-helpers.ts'
import { NOW, seedTrial } from '../quotas/quotas.test-helpers.ts'
import { createSwitchDeps } from './channels.ports.ts'
import type { SwitchDeps } from './switches.usecases.ts'
import { removeChannel, switchOff, switchOn } from './switches.usecases.ts'

const DAY_MS = 86_400_000
const ANA = { kind: 'administrator', id: '1', name: 'Ana' } as const

let office: Trial
let channelId: string
let calls: string[]
let answers: Array<() => void>
let isHasty: boolean
let shown: string[]
let runs: Promise<unknown>[]

beforeEach(async () => {
  office = await seedTrial()
  channelId = String((await rowsOf(office.scope, 'channels'))[0]?.['id'])
  calls = []
  answers = []
  runs = []
  shown = []
  isHasty = false
})

/** The send queue of one conversation: the number's real permits, and a Meta that answers when it is told to. */
function send(conversationId: string): Promise<number | null> {
  const { orgId, shard } = office.scope
  const sender = env.SENDER.getByName(objectNames.sender(shard, orgId, office.phoneNumberId))
  let pair: PairLevel = { level: 0, at: 0 }
  const ports: SendQueuePorts = {
    conversationId,
    shard,
    orgId,
    repo: office.deps().repo,
    clock: () => NOW,
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    random: () => 0.5,
    pair: { read: () => pair, write: (level) => void (pair = level) },
    permits: {
      take: () => sender.take(),
      release: (_, leaseId) => sender.release(leaseId),
      pause: (_, until) => sender.pause(until),
    },
    send: async () => {
      calls.push(conversationId)
      if (!isHasty) await new Promise<void>((resolve) => void answers.push(resolve))
      return { kind: 'accepted', wamid: `wamid.switch.${conversationId}`, waId: null, userId: null }
    },
    explain: () => ({
      errorClass: 'permanent',
      failure: { metaCode: null, key: 'other', who: 'meta', action: 'none', details: null },
    }),
    applyWaiting: () => [],
    learnAlias: () => [],
    onChanged: () => undefined,
  }
  const sending = runSends(ports)
  runs.push(sending)
  return sending
}

/** As in the Worker, but that a woken conversation sends here. */
const deps = (): SwitchDeps => ({
  ...createSwitchDeps(env, office.scope),
  clock: () => NOW,
  wake: async (ids, reason) => {
    if (reason === 'shown') shown.push(...ids)
    else for (const id of ids) void send(id)
  },
})

const answer = (): void => {
  isHasty = true
  for (const done of answers) done()
}

const statuses = async (): Promise<string[]> =>
  (await rowsOf(office.scope, 'messages', 'seq')).map((row) => String(row['status']))

describe('switching off while answers wait', () => {
  it('waits for the call under way, lets none begin afterwards, and sends all others when it is on again', async () => {
    const conversations = await Promise.all(Array.from({ length: 10 }, () => office.customer()))
    for (const id of conversations) await office.answer(id)
    const [first = ''] = conversations
    void send(first)
    await vi.waitUntil(() => calls.length === 1, { timeout: 10_000 })
    let isOff = false
    const off = switchOff(deps(), ANA, channelId).then((view) => {
      isOff = true
      return view
    })
    await vi.waitUntil(async () => (await rowsOf(office.scope, 'channels'))[0]?.['off_at'] !== null, {
      timeout: 10_000,
    })
    await Promise.all(conversations.slice(1).map(send))
    expect({ isOff, calls: calls.length }).toEqual({ isOff: false, calls: 1 })
    answer()
    expect(await off).toMatchObject({ state: 'off' })
    await Promise.all(conversations.map(send))
    expect(calls).toEqual([first])
    expect(await statuses()).toEqual(['accepted', ...Array<string>(9).fill('queued')])
    expect(await switchOn(deps(), ANA, channelId, 'all')).toMatchObject({ state: 'on' })
    await Promise.all(runs)
    expect(await statuses()).toEqual(Array<string>(10).fill('accepted'))
    expect(calls.toSorted()).toEqual(conversations.toSorted())
  }, 60_000)

  it.each([
    ['none', ['failed', 'failed']],
    ['day', ['failed', 'accepted']],
  ] as const)('and on again for %s sends no older answer, and loses none', async (backlog, expected) => {
    isHasty = true
    const [older, newer] = [await office.customer(), await office.customer()]
    await office.answer(older)
    await office.answer(newer)
    await run(office.scope.db, `UPDATE messages SET sent_at = ${NOW - DAY_MS - 1} WHERE conversation_id = '${older}'`)
    await run(office.scope.db, `UPDATE conversations SET held_since = 1, last_inbound_at = ${NOW - 1}`)
    await run(office.scope.db, 'UPDATE conversations SET work_since = NULL')
    await switchOff(deps(), ANA, channelId)
    await switchOn(deps(), ANA, channelId, backlog)
    await Promise.all(runs)
    expect(await statuses()).toEqual(expected)
    expect(calls).toEqual(backlog === 'none' ? [] : [newer])
    expect(shown).toEqual(backlog === 'none' ? [older, newer] : [older])
    // Whoever was not answered takes no place.
    expect((await office.used())['answers'] ?? 0).toBe(calls.length)
    const [kept] = await rowsOf(office.scope, 'messages', 'seq')
    expect(String(kept?.['failure'])).toContain('The channel was off when it was to be sent')
    expect((await rowsOf(office.scope, 'audit_entries', 'id')).at(-1)?.['details']).toContain(
      `"notSent":${2 - calls.length}`,
    )
    // Nobody makes tickets of what was not asked for.
    expect((await rowsOf(office.scope, 'pending_work')).length).toBe(backlog === 'none' ? 0 : 2)
    await retryMessage(office.deps(), older, Number(kept?.['seq']))
    await send(older)
    expect(calls).toContain(older)
    expect((await statuses())[0]).toBe('accepted')
  })

  it('for good fails what waits, in plain words', async () => {
    const conversation = await office.customer()
    await office.answer(conversation)
    await removeChannel(deps(), ANA, channelId)
    await Promise.all(runs)
    expect(calls).toEqual([])
    const [message] = await rowsOf(office.scope, 'messages')
    expect(message).toMatchObject({ status: 'failed' })
    expect(String(message?.['failure'])).toContain('This channel was removed.')
  }, 60_000)
})
