import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WholeWayTest } from '../../../contract/index.ts'
import { wholeWayTestSchema } from '../../../contract/index.ts'
import { callApp, testApp, tokenOf } from '../../test/api.ts'
import { rowsOf } from '../../test/rows.ts'
import { insert, seedContact, seedConversation, seedMessage, seedNumber, seedOrganisation } from '../../test/seed.ts'
import type { DeskResult } from '../desk/desk.types.ts'
import { AppError, failed, ok } from '../platform/errors.ts'
import type { OrgScope } from '../platform/scope.ts'
import { createWholeWayRepo } from './whole-way.repo.ts'
import type { WholeWayPorts } from './whole-way.usecases.ts'
import { goOn, startTest } from './whole-way.usecases.ts'

const cv = 'cv_wwwwwwwwwwwwwwwwwwww'
let scope: OrgScope
let now = Date.parse('2026-11-22T10:00:00.000Z')

beforeAll(async () => {
  scope = await seedOrganisation({ orgId: 'org_wwwwwwwwwwwwwwwwwwww', portalId: '60000001' })
  await seedNumber(scope, { phoneNumberId: '800100', departmentId: '100' })
  await seedContact(scope, { id: 'ct_wwwwwwwwwwwwwwwwwwww', name: 'Tess' })
})

let answers: string[]
let closed: string[]
let remarked: string[]
let ports: WholeWayPorts
let count = 0

beforeEach(async () => {
  for (const table of ['whole_way_tests', 'messages', 'conversations', 'tickets']) {
    await scope.db.prepare(`DELETE FROM ${table} WHERE org_id = ?1`).bind(scope.orgId).run()
  }
  now += 3_600_000
  answers = []
  closed = []
  remarked = []
  ports = {
    repo: createWholeWayRepo(scope),
    clock: () => now,
    newId: () => `test_${String((count += 1)).padStart(20, '0')}`,
    newCode: () => `KAIWA CODE${count}`,
    takesPlace: async () => false,
    answer: async (conversationId, clientId) => {
      answers.push(clientId)
      await seedMessage(scope, conversationId, {
        sentAt: now,
        more: { direction: 'out', status: 'queued', client_id: clientId },
      })
    },
    closeTicket: async (ticketId): Promise<DeskResult<null>> => {
      closed.push(ticketId)
      return ok(null)
    },
    remark: async (ticketId): Promise<DeskResult<null>> => {
      remarked.push(ticketId)
      return ok(null)
    },
  }
})

const begin = () => startTest(ports, '800100', '1800000000600')
const reached = ({ legs }: WholeWayTest): string[] => legs.filter(({ state }) => state === 'done').map(({ leg }) => leg)

/** The tester writes `text`; `ticketId` is the ticket it went into, `from` where that ticket began. */
async function write(text: string, ticket: { id: string; isOwn: boolean } | null): Promise<number> {
  const at = { lastMessageAt: now, departmentId: '100', phoneNumberId: '800100', contactId: 'ct_wwwwwwwwwwwwwwwwwwww' }
  await seedConversation(scope, { id: cv, ...at })
  const seq = await seedMessage(scope, cv, { sentAt: now, content: { kind: 'text', text } })
  if (ticket === null) return seq
  await scope.db
    .prepare('UPDATE conversations SET ticket_id = ?2, desk_cursor = ?3 WHERE id = ?1')
    .bind(cv, ticket.id, seq)
    .run()
  await insert(scope.db, 'tickets', {
    org_id: scope.orgId,
    ticket_id: ticket.id,
    conversation_id: cv,
    ticket_number: '101',
    department_id: '100',
    from_seq: ticket.isOwn ? seq : seq - 1,
    created_at: now,
  })
  return seq
}
const answerIs = (status: string) =>
  scope.db
    .prepare(`UPDATE messages SET status = ?2 WHERE org_id = ?1 AND direction = 'out'`)
    .bind(scope.orgId, status)
    .run()

describe('a test of the whole way', () => {
  it('shows a code and a link that writes it', async () => {
    const test = await begin()
    expect(test).toMatchObject({ state: 'waiting', link: `https://wa.me/442079460101?text=KAIWA%20CODE${count}` })
    expect((await begin()).id).toBe(test.id)
    expect(await rowsOf(scope, 'whole_way_tests')).toHaveLength(1)
  })

  it('answers once, and closes the ticket it made, however often it is looked at', async () => {
    const { id, code } = await begin()
    await write(` ${code.toLowerCase()} `, { id: '301', isOwn: true })
    expect(reached(await goOn(ports, id))).toEqual(['webhook', 'ticket', 'answer'])
    await goOn(ports, id)
    await answerIs('sent')
    expect(reached(await goOn(ports, id))).toEqual(['webhook', 'ticket', 'answer', 'sent'])
    await answerIs('delivered')
    expect(await goOn(ports, id)).toMatchObject({ state: 'passed' })
    expect(await goOn(ports, id)).toMatchObject({ state: 'passed' })
    expect([answers, closed]).toEqual([[`whole-way-${id}`], ['301']])
  })

  it('waits for the ticket', async () => {
    const { id, code } = await begin()
    await write(code, null)
    expect(reached(await goOn(ports, id))).toEqual(['webhook'])
    expect(answers).toEqual([])
  })

  it('leaves a ticket open that was there before', async () => {
    const { id, code } = await begin()
    await write(code, { id: '302', isOwn: false })
    await goOn(ports, id)
    await answerIs('delivered')
    expect((await goOn(ports, id)).state).toBe('passed')
    expect(closed).toEqual([])
  })

  it('takes no other message for it', async () => {
    const { id } = await begin()
    await write('Hello', { id: '301', isOwn: true })
    expect((await goOn(ports, id)).state).toBe('waiting')
  })

  it('says which limit refused the answer', async () => {
    const { id, code } = await begin()
    await write(code, { id: '301', isOwn: true })
    ports.answer = () =>
      Promise.reject(new AppError({ code: 'quota.trial_answers', status: 409, message: 'No place.' }))
    const test = await goOn(ports, id)
    expect([test.state, test.legs.find(({ leg }) => leg === 'answer')?.detail]).toEqual([
      'failed',
      'quota.trial_answers',
    ])
  })

  it('tries to close again what Desk could not do just now', async () => {
    const { id, code } = await begin()
    await write(code, { id: '301', isOwn: true })
    await goOn(ports, id)
    await answerIs('read')
    const close = ports.closeTicket
    ports.closeTicket = async () => failed({ kind: 'busy', retryAt: now })
    expect((await goOn(ports, id)).state).toBe('running')
    ports.closeTicket = close
    expect((await goOn(ports, id)).state).toBe('passed')
  })

  it('is closed once, with one remark, by two that follow it to its end at the same moment', async () => {
    const { id, code } = await begin()
    await write(code, { id: '301', isOwn: true })
    await goOn(ports, id)
    await answerIs('delivered')
    await Promise.all([goOn(ports, id), goOn(ports, id), goOn(ports, id)])
    expect((await goOn(ports, id)).state).toBe('passed')
    expect([closed, remarked]).toEqual([['301'], ['301']])
  })

  it('is closed by the next look where who took the closing never came back; a remark may be there already', async () => {
    const { id, code } = await begin()
    await write(code, { id: '301', isOwn: true })
    await goOn(ports, id)
    await answerIs('delivered')
    const { remark } = ports
    ports.remark = () => Promise.reject(new Error('evicted'))
    await expect(goOn(ports, id)).rejects.toThrow('evicted')
    ports.remark = remark
    expect((await goOn(ports, id)).state).toBe('running')
    now += 60_000
    expect((await goOn(ports, id)).state).toBe('passed')
    expect(remarked).toEqual([])
  })

  it.each(['lost', 'server'] as const)('writes no second remark where the answer to the first was %s', async (kind) => {
    const { id, code } = await begin()
    await write(code, { id: '301', isOwn: true })
    await goOn(ports, id)
    await answerIs('delivered')
    ports.remark = async () => failed(kind === 'lost' ? { kind, reason: 'cut' } : { kind, status: 502 })
    expect((await goOn(ports, id)).state).toBe('passed')
  })

  it.each([
    ['unreachable', 'running', 'waiting'],
    ['revoked', 'failed', 'failed'],
  ])('says that its message is in no ticket because Desk is %s, and answers nobody', async (reason, state, leg) => {
    const { id, code } = await begin()
    await write(code, null)
    await scope.db.prepare('UPDATE conversations SET desk_reason = ?2 WHERE id = ?1').bind(cv, reason).run()
    const test = await goOn(ports, id)
    expect(test.state).toBe(state)
    expect(test.legs[1]).toMatchObject({ leg: 'ticket', state: leg, detail: reason })
    expect(answers).toEqual([])
  })

  it('is over after a quarter of an hour; then another one begins', async () => {
    const { id, code } = await begin()
    now += 15 * 60_000
    await write(code, { id: '301', isOwn: true })
    expect((await goOn(ports, id)).state).toBe('expired')
    expect([answers, closed]).toEqual([[], []])
    expect((await begin()).id).not.toBe(id)
  })
})

it('can be reached by an administrator', async () => {
  const app = testApp()
  const token = await tokenOf(scope, { role: 'admin', isProof: true })
  const started = await callApp(app, { method: 'POST', path: '/api/numbers/800100/test', token }, env)
  const test = wholeWayTestSchema.parse(await started.json())
  expect(test.code).toMatch(/^KAIWA [A-HJ-NP-Z2-9]{6}$/)
  const looked = await callApp(app, { method: 'POST', path: `/api/tests/${test.id}`, token }, env)
  expect(wholeWayTestSchema.parse(await looked.json()).state).toBe('waiting')
})
