import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { strictNetwork } from '../../test/network.ts'
import { run } from '../../test/rows.ts'
import { TicketBench } from '../../test/ticket-bench.ts'
import { createSwitchesRepo } from '../channels/switches.repo.ts'

const MINUTE = 60_000
const network = strictNetwork()
let bench: TicketBench
let conversation: string

beforeEach(async () => {
  bench = new TicketBench()
  await bench.setUp()
  network.handle(bench.desk.handle)
  conversation = await bench.addConversation(await bench.addContact())
})

const set = (table: string, assignments: string) =>
  run(env.SHARD_0, `UPDATE ${table} SET ${assignments} WHERE org_id = '${bench.orgId}'`)
const order = (facts: object) =>
  set(
    'conversations',
    `ticket_order = '${JSON.stringify({ agentId: '1', agentName: 'Ana', at: bench.now, ...facts })}'`,
  )
const heldSince = () =>
  env.SHARD_0.prepare('SELECT held_since FROM conversations WHERE id = ?').bind(conversation).first('held_since')

describe('tickets by hand', () => {
  beforeEach(() => set('channels', `ticket_rule = 'by_hand'`))

  it('are made when an agent orders them, with all that was written', async () => {
    await bench.receive(conversation, { text: 'First words' })
    await bench.runToRest(conversation)
    await bench.receive(conversation, { text: 'More words' })
    await bench.runToRest(conversation)
    expect(bench.desk.tickets).toEqual([])
    expect(await bench.isPending(conversation)).toBe(false)
    await order({ subject: 'Parcel 7', departmentId: '101', assigneeId: '1800000000601' })
    await bench.runToRest(conversation)
    const [ticket] = bench.desk.tickets
    expect(ticket).toMatchObject({ subject: 'Parcel 7', departmentId: '101', assigneeId: '1800000000601' })
    const text = bench.desk.textOf(bench.desk.ticket(ticket?.id ?? ''))
    expect(text).toContain('First words')
    expect(text).toContain('More words')
    expect(await bench.decisions(conversation)).toEqual(['created:by_hand'])
    expect(
      await env.SHARD_0.prepare('SELECT ticket_order FROM conversations WHERE id = ?')
        .bind(conversation)
        .first('ticket_order'),
    ).toBeNull()
  })
})

describe('tickets after a while', () => {
  beforeEach(() => set('channels', `ticket_rule = 'after', ticket_after_minutes = 15`))

  it('are made when the oldest unanswered message is so old', async () => {
    await bench.receive(conversation, { text: 'First words' })
    const wroteAt = bench.now
    await set('conversations', `waiting_since = ${wroteAt}`)
    expect(await bench.run(conversation)).toEqual({ nextAt: wroteAt + 15 * MINUTE })
    bench.now = wroteAt + 15 * MINUTE - 1
    await bench.receive(conversation, { text: 'More words' })
    await bench.run(conversation)
    expect(bench.desk.tickets).toEqual([])
    bench.now += 1
    await bench.run(conversation)
    expect(bench.desk.tickets).toHaveLength(1)
  })

  it('are not made where somebody answered before', async () => {
    await bench.receive(conversation, { text: 'First words' })
    await set('conversations', 'waiting_since = NULL')
    bench.now += 60 * MINUTE
    await bench.runToRest(conversation)
    expect(bench.desk.tickets).toEqual([])
  })
})

describe('while the channel is off', () => {
  it('nothing goes to Desk, what came is marked, and all of it is there afterwards', async () => {
    await bench.receive(conversation, { text: 'First words' })
    await bench.runToRest(conversation)
    await set('channels', `off_at = ${bench.now}`)
    bench.desk.credits = 0
    await bench.receive(conversation, { text: 'More words' })
    await bench.runToRest(conversation)
    const other = await bench.addConversation(await bench.addContact())
    await bench.receive(other, { text: 'Somebody new' })
    await bench.runToRest(other)
    expect(bench.desk.credits).toBe(0)
    expect(bench.desk.tickets).toHaveLength(1)
    expect(await heldSince()).not.toBeNull()
    expect(await bench.isPending(conversation)).toBe(false)
    const switches = createSwitchesRepo({ db: env.SHARD_0, orgId: bench.orgId })
    const channel = await env.SHARD_0.prepare('SELECT id, phone_number_id FROM channels WHERE org_id = ?')
      .bind(bench.orgId)
      .first<{ id: string; phone_number_id: string }>()
    if (channel === null) throw new Error('The bench has no channel.')
    const actor = { kind: 'administrator', id: '1', name: 'Ana' } as const
    await switches.switchOn(channel, 0, { at: bench.now, actor, action: 'channel.switched_on' })
    expect(await bench.isPending(conversation)).toBe(true)
    await bench.runToRest(conversation, other)
    expect(await heldSince()).toBeNull()
    expect(bench.desk.tickets).toHaveLength(2)
    expect(bench.desk.textOf(bench.desk.ticket(bench.desk.tickets[0]?.id ?? ''))).toContain('More words')
  })
})
