import { beforeEach, describe, expect, it } from 'vitest'
import { rowsOf } from '../../test/rows.ts'
import type { Failure } from '../../../contract/index.ts'
import { createQuotasRepo } from '../quotas/quotas.repo.ts'
import type { MessagePayload, SendOutcome } from '../whatsapp/graph-client.ts'
import { aliasStatements } from './recipient-alias.repo.ts'
import { runSends } from './send-queue.ts'
import type { SendQueuePorts } from './send-queue.ts'
import type { ErrorClass, PairLevel } from './sends.model.ts'
import { UNKNOWN_AFTER_MS, WINDOW_MS } from './sends.model.ts'
import { createSendsRepo } from './sends.repo.ts'
import type { SendsRepo } from './sends.repo.ts'
import { seedOpenConversation } from './sends.test-helpers.ts'
import type { Seeded } from './sends.test-helpers.ts'
import { acceptText, retryMessage, settleMessage } from './sends.usecases.ts'

const NOW = 1_790_000_000_000
const failure: Failure = { metaCode: 131026, key: 'unreachable', who: 'customer', action: 'none', details: null }

let seeded: Seeded
let repo: SendsRepo
let now: number
let calls: MessagePayload[]
let answers: SendOutcome[]
let errorClass: ErrorClass
let clientIds = 0

beforeEach(async () => {
  now = NOW
  calls = []
  answers = []
  errorClass = 'permanent'
  seeded = await seedOpenConversation({ lastInboundAt: NOW - 1_000 })
  repo = createSendsRepo(seeded.scope)
})

const deps = () => ({
  repo,
  quotas: createQuotasRepo(seeded.scope),
  clock: () => now,
  wake: async () => undefined,
})
const accept = (text: string, more: object = {}) => {
  clientIds += 1
  const body = { clientId: `client-${clientIds}`, kind: 'text', text, ...more }
  return acceptText(deps(), { id: '1', name: 'Ana' }, seeded.conversationId, body as Parameters<typeof acceptText>[3])
}

function ports(more: Partial<SendQueuePorts> = {}): SendQueuePorts {
  let pair: PairLevel = { level: 0, at: 0 }
  return {
    conversationId: seeded.conversationId,
    shard: 0,
    orgId: seeded.scope.orgId,
    repo,
    clock: () => now,
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    random: () => 0.5,
    pair: {
      read: () => pair,
      write: (level) => {
        pair = level
      },
    },
    permits: {
      take: async () => ({ granted: 1, retryAt: now, leaseId: null }),
      release: async () => undefined,
      pause: async () => undefined,
    },
    send: async (_, payload) => {
      calls.push(payload)
      return (
        answers.shift() ?? {
          kind: 'accepted',
          wamid: `wamid.${calls.length}.${seeded.conversationId}`,
          waId: null,
          userId: null,
        }
      )
    },
    explain: () => ({ errorClass, failure }),
    applyWaiting: () => [],
    learnAlias: ({ contactId, phone }, waId) => aliasStatements(seeded.scope, contactId, phone, waId),
    onChanged: () => undefined,
    ...more,
  }
}

const textsOf = (sent: readonly MessagePayload[]) => sent.map((payload) => ('text' in payload ? payload.text : null))

const statusOf = async (seq: number) => (await repo.find(seeded.conversationId, seq))?.status

describe('accepting', () => {
  it('is one message for one client id, however often and however much at once', async () => {
    const body = { clientId: 'client-same', kind: 'text', text: 'Hello' } as Parameters<typeof acceptText>[3]
    const accepted = await Promise.all(
      Array.from({ length: 20 }, () => acceptText(deps(), { id: '1', name: 'Ana' }, seeded.conversationId, body)),
    )
    expect(new Set(accepted.map(({ row }) => row.seq)).size).toBe(1)
    expect(accepted.filter(({ isNew }) => isNew)).toHaveLength(1)
  })

  it('refuses another text under a used client id', async () => {
    const body = (text: string) =>
      ({ clientId: 'client-reuse', kind: 'text', text }) as Parameters<typeof acceptText>[3]
    await acceptText(deps(), { id: '1', name: 'Ana' }, seeded.conversationId, body('one'))
    await expect(
      acceptText(deps(), { id: '1', name: 'Ana' }, seeded.conversationId, body('two')),
    ).rejects.toMatchObject({
      code: 'messages.client_id_reused',
    })
  })

  it.each([
    ['one millisecond before the window closes', NOW - 1_000 + WINDOW_MS - 1, true],
    ['at the millisecond it closes', NOW - 1_000 + WINDOW_MS, false],
  ])('%s', async (_, at, isAccepted) => {
    now = at
    if (isAccepted) await expect(accept('Hello')).resolves.toMatchObject({ isNew: true })
    else await expect(accept('Hello')).rejects.toMatchObject({ code: 'messages.window_closed', status: 409 })
  })

  it('raises the conversation’s change once for each message', async () => {
    const first = await accept('one')
    const second = await accept('two')
    expect(second.row.change).toBe(first.row.change + 1)
  })

  it('is not possible in another organisation’s conversation', async () => {
    const other = await seedOpenConversation({ lastInboundAt: NOW })
    repo = createSendsRepo({ db: seeded.scope.db, orgId: other.scope.orgId })
    await expect(accept('Hello')).rejects.toMatchObject({ code: 'messages.window_closed' })
  })
})

describe('sending', () => {
  it('sends in order, with callback data and the quoted wamid', async () => {
    const first = await accept('one')
    await runSends(ports())
    await accept('two', { replyTo: `m${first.row.seq}` })
    await accept('three')
    expect(await runSends(ports())).toBeNull()
    expect(textsOf(calls)).toEqual(['one', 'two', 'three'])
    expect(calls[0]?.callbackData).toBe(`kw1:0:${seeded.scope.orgId}:${first.row.seq}`)
    expect(calls[1]?.contextWamid).toBe(`wamid.1.${seeded.conversationId}`)
    expect(await statusOf(first.row.seq)).toBe('accepted')
  })

  it('goes to the user id where there is no phone', async () => {
    seeded = await seedOpenConversation({ lastInboundAt: NOW, phone: null, userId: 'GB.123' })
    repo = createSendsRepo(seeded.scope)
    await accept('Hello')
    await runSends(ports())
    expect(calls[0]?.to).toEqual({ userId: 'GB.123' })
  })

  it('keeps the number under which Meta knows the customer, once and for nobody else', async () => {
    const aliases = () => rowsOf(seeded.scope, 'contact_aliases')
    for (const waId of ['447700900123', '447700900777', '447700900777', 'nonsense']) {
      answers = [{ kind: 'accepted', wamid: `wamid.${clientIds}.${seeded.conversationId}`, waId, userId: null }]
      await accept('Hello')
      await runSends(ports())
    }
    expect(await aliases()).toMatchObject([{ kind: 'phone', value: '447700900777' }])
  })

  it('never repeats a send whose answer was lost; after five minutes it is unknown', async () => {
    const { row } = await accept('Hello')
    answers = [{ kind: 'lost', reason: 'timeout' }]
    expect(await runSends(ports())).toBe(NOW + UNKNOWN_AFTER_MS)
    expect(await runSends(ports())).toBe(NOW + UNKNOWN_AFTER_MS)
    expect(calls).toHaveLength(1)
    now += UNKNOWN_AFTER_MS
    expect(await runSends(ports())).toBeNull()
    expect(await statusOf(row.seq)).toBe('unknown')
    expect(calls).toHaveLength(1)
  })

  it('treats a crash between the call and its record as a lost answer', async () => {
    const { row } = await accept('Hello')
    const crash = ports({
      send: async (_, payload) => {
        calls.push(payload)
        throw new Error('the process ended')
      },
    })
    await expect(runSends(crash)).rejects.toThrow('the process ended')
    await accept('next')
    await runSends(ports())
    expect(textsOf(calls)).toEqual(['Hello', 'next'])
    expect(await statusOf(row.seq)).toBe('sending')
  })

  it('tries a transient refusal again, in its place', async () => {
    errorClass = 'transient'
    await accept('one')
    await accept('two')
    answers = [{ kind: 'refused', error: { code: 131000, status: 500, details: '', retryAfterMs: null } }]
    const again = await runSends(ports())
    expect(again).toBe(NOW + 2_000)
    expect(textsOf(calls)).toEqual(['one'])
    now += 2_000
    await runSends(ports())
    expect(textsOf(calls)).toEqual(['one', 'one', 'two'])
  })

  it('shows a permanent refusal at the message, and Retry makes exactly one new call', async () => {
    const { row } = await accept('Hello')
    const refused: SendOutcome = {
      kind: 'refused',
      error: { code: 131026, status: 400, details: '', retryAfterMs: null },
    }
    answers = [refused]
    await runSends(ports())
    expect(await repo.find(seeded.conversationId, row.seq)).toMatchObject({ status: 'failed', failure })
    errorClass = 'transient'
    answers = [refused, refused, refused]
    await retryMessage(deps(), seeded.conversationId, row.seq)
    expect(await runSends(ports())).toBeNull()
    expect(calls).toHaveLength(2)
    expect(await statusOf(row.seq)).toBe('failed')
  })

  it('asks for another line in the ticket when a failed message is sent again', async () => {
    const { row } = await accept('Hello')
    answers = [{ kind: 'refused', error: { code: 131026, status: 400, details: '', retryAfterMs: null } }]
    await runSends(ports())
    const { scope, conversationId } = seeded
    await scope.db.prepare('UPDATE conversations SET desk_cursor = ? WHERE id = ?').bind(row.seq, conversationId).run()
    await retryMessage(deps(), conversationId, row.seq)
    const found = await scope.db
      .prepare('SELECT desk_holes FROM conversations WHERE id = ?')
      .bind(conversationId)
      .first()
    expect(found).toEqual({ desk_holes: `[${row.seq}]` })
  })

  it('lets a person settle an unknown one either way', async () => {
    const [first, second] = [await accept('one'), await accept('two')]
    answers = [
      { kind: 'lost', reason: '' },
      { kind: 'lost', reason: '' },
    ]
    await runSends(ports())
    now += UNKNOWN_AFTER_MS
    await runSends(ports())
    await settleMessage(deps(), seeded.conversationId, first.row.seq, 'arrived')
    expect(await statusOf(first.row.seq)).toBe('sent')
    await settleMessage(deps(), seeded.conversationId, second.row.seq, 'send_again')
    await runSends(ports())
    expect(textsOf(calls)).toEqual(['one', 'two', 'two'])
    await expect(settleMessage(deps(), seeded.conversationId, second.row.seq, 'arrived')).rejects.toMatchObject({
      code: 'messages.not_unknown',
    })
  })

  it('refuses at the last moment when the window closed while it waited', async () => {
    const { row } = await accept('Hello')
    now = NOW - 1_000 + WINDOW_MS
    await runSends(ports())
    expect(calls).toEqual([])
    expect(await repo.find(seeded.conversationId, row.seq)).toMatchObject({
      status: 'failed',
      failure: { key: 'window_closed' },
    })
  })

  it('waits where the number has no permit', async () => {
    const { row } = await accept('Hello')
    const none = ports({
      permits: { ...ports().permits, take: async () => ({ granted: 0, retryAt: NOW + 400, leaseId: null }) },
    })
    expect(await runSends(none)).toBe(NOW + 400)
    expect(await statusOf(row.seq)).toBe('queued')
  })
})
