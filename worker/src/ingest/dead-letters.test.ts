import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { rowsOf, run } from '../../test/rows.ts'
import type { OrgScope } from '../platform/scope.ts'
import { createDeadLetterPorts } from './dead-letters.ports.ts'
import { listDeadLetters, replayDeadLetter } from './dead-letters.usecases.ts'
import { containing, countersOf, ingest, laneOf, message, seedLane } from './ingest.test-helpers.ts'

const ANA = { kind: 'administrator', id: '1800000000600', name: 'Ana Ito' } as const

/** Stores messages of which D1 refuses those from `refused` on for a while. */
async function seedLetters(ids: readonly string[]) {
  const { scope, phoneNumberId } = await seedLane()
  await run(env.SHARD_0, `CREATE TRIGGER poison BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'poisoned'); END`)
  await ingest(phoneNumberId, { messages: ids.map((id) => message(id)) })
  await run(env.SHARD_0, 'DROP TRIGGER poison')
  return { scope, phoneNumberId, ports: createDeadLetterPorts(env, scope) }
}

async function letterIds(scope: OrgScope): Promise<number[]> {
  return (await rowsOf(scope, 'dead_letters', 'id')).map(({ id }) => Number(id))
}

describe('dead letters', () => {
  it('are listed newest first, page by page, with reason and text', async () => {
    const { ports } = await seedLetters(['wamid.1', 'wamid.2', 'wamid.3'])
    const first = await listDeadLetters(ports, { limit: 2 })
    expect(first.items).toMatchObject([
      { reason: containing('poisoned'), body: containing('wamid.3'), attempts: 1 },
      { body: containing('wamid.2') },
    ])
    const rest = await listDeadLetters(ports, { limit: 2, cursor: first.cursor ?? '' })
    expect(rest).toMatchObject({ items: [{ body: containing('wamid.1') }], cursor: null })
  })

  it('are replayed once, however often somebody asks', async () => {
    const { scope, phoneNumberId, ports } = await seedLetters(['wamid.1'])
    const [id = 0] = await letterIds(scope)
    await Promise.all([
      replayDeadLetter(ports, ANA, id),
      replayDeadLetter(ports, ANA, id),
      replayDeadLetter(ports, ANA, id),
    ])
    await laneOf(phoneNumberId).settle()
    expect(await rowsOf(scope, 'messages')).toMatchObject([{ wamid: 'wamid.1' }])
    expect(await letterIds(scope)).toEqual([])
    expect((await rowsOf(scope, 'audit_entries'))[0]).toMatchObject({
      action: 'dead_letter.replayed',
      actor_name: 'Ana Ito',
    })
    expect(await countersOf(scope, phoneNumberId)).toEqual({
      received: 1,
      stored: 1,
      duplicate: 0,
      ignored: 0,
      dead: 0,
      waiting: 0,
    })
    await expect(replayDeadLetter(ports, ANA, id)).rejects.toMatchObject({
      code: 'dead_letters.not_found',
      status: 404,
    })
  })

  it('of a message that came again meanwhile become duplicates', async () => {
    const { scope, phoneNumberId, ports } = await seedLetters(['wamid.1'])
    await ingest(phoneNumberId, { messages: [message('wamid.1')] })
    const [id = 0] = await letterIds(scope)
    await replayDeadLetter(ports, ANA, id)
    await laneOf(phoneNumberId).settle()
    expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 2, stored: 1, duplicate: 1, dead: 0 })
  })

  it('that still cannot be read stay, with one more attempt', async () => {
    const { scope, phoneNumberId } = await seedLane()
    const ports = createDeadLetterPorts(env, scope)
    await ingest(phoneNumberId, { messages: ['no message'] })
    const [id = 0] = await letterIds(scope)
    await replayDeadLetter(ports, ANA, id)
    await laneOf(phoneNumberId).settle()
    expect(await listDeadLetters(ports, { limit: 10 })).toMatchObject({ items: [{ id, attempts: 2 }] })
    expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 1, dead: 1 })
  })

  it('of another organisation are not there', async () => {
    const { scope } = await seedLetters(['wamid.1'])
    const [id = 0] = await letterIds(scope)
    const other = createDeadLetterPorts(env, (await seedLane()).scope)
    await expect(replayDeadLetter(other, ANA, id)).rejects.toMatchObject({ code: 'dead_letters.not_found' })
    expect(await listDeadLetters(other, { limit: 10 })).toEqual({ items: [], cursor: null })
  })

  it('too large for a row lie in R2, are shown cut and replayed whole', async () => {
    const { scope, phoneNumberId, ports } = await seedLetters([])
    await run(env.SHARD_0, `CREATE TRIGGER poison BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'poisoned'); END`)
    await ingest(phoneNumberId, { messages: [message('wamid.1', { text: { body: 'Ä'.repeat(400_000) } })] })
    await run(env.SHARD_0, 'DROP TRIGGER poison')
    const [row] = await rowsOf(scope, 'dead_letters')
    expect(String(row?.body).slice(0, 13)).toBe('blob:letters/')
    const [shown] = (await listDeadLetters(ports, { limit: 1 })).items
    expect(shown?.body).toHaveLength(4_000)
    await replayDeadLetter(ports, ANA, Number(row?.id))
    await laneOf(phoneNumberId).settle()
    const [stored] = await rowsOf(scope, 'messages')
    expect(String(stored?.content).length).toBeGreaterThan(400_000)
    expect(await letterIds(scope)).toEqual([])
  })
})
