import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import type { ServerEvent } from '../../../contract/index.ts'
import { CLOSE_BAD_MESSAGE, CLOSE_SESSION_ENDED, serverEventSchema } from '../../../contract/index.ts'
import { seedMessage } from '../../test/seed.ts'
import { seedOpenConversation } from '../messages/sends.test-helpers.ts'
import type { Seeded } from '../messages/sends.test-helpers.ts'
import { readConfig } from '../platform/env.ts'
import { objectNames } from '../platform/scope.ts'
import type { AgentSession } from '../platform/session.ts'
import { issueSessionToken } from '../sessions/session.token.ts'

const DEPARTMENT = '1800000000100'

const sessionOf = (seeded: Seeded, more: Partial<AgentSession> = {}): AgentSession => ({
  orgId: seeded.scope.orgId,
  shard: 0,
  epoch: 1,
  agentId: '1',
  name: 'Ana',
  role: 'agent',
  isProof: false,
  departments: [DEPARTMENT],
  expiresAt: Date.now() + 60_000,
  ...more,
})

const objectOf = ({ scope, conversationId }: Seeded) =>
  env.CONVERSATION.getByName(objectNames.conversation(0, scope.orgId, conversationId))

/** A panel's end of a socket: keeps what it hears and waits for what is expected. */
async function openPanel(seeded: Seeded, session: AgentSession) {
  const object = objectOf(seeded)
  const { ticket } = await object.issueTicket(session)
  const answer = await object.fetch(`https://conversation/live?secret=${ticket}`, { headers: { Upgrade: 'websocket' } })
  const socket = answer.webSocket
  if (socket === null) throw new Error(`no socket: ${answer.status}`)
  const heard: ServerEvent[] = []
  let closed: number | null = null
  let notify = (): void => undefined
  socket.addEventListener('message', ({ data }) => {
    if (typeof data === 'string' && data !== 'pong') heard.push(serverEventSchema.parse(JSON.parse(data)))
    notify()
  })
  socket.addEventListener('close', ({ code }) => {
    closed = code
    notify()
  })
  socket.accept()
  const until = async <Found>(find: () => Found | undefined | null): Promise<Found> => {
    for (;;) {
      const found = find()
      if (found !== undefined && found !== null) return found
      await new Promise<void>((resolve) => {
        notify = resolve
      })
    }
  }
  return {
    socket,
    heard,
    send: (event: object | string) => socket.send(typeof event === 'string' ? event : JSON.stringify(event)),
    hears: <Type extends ServerEvent['type']>(
      type: Type,
      matches: (event: Extract<ServerEvent, { type: Type }>) => boolean = () => true,
    ) =>
      until(() =>
        heard.find(
          (event): event is Extract<ServerEvent, { type: Type }> => event.type === type && matches(event as never),
        ),
      ),
    closes: () => until(() => closed),
  }
}

async function addMessage(seeded: Seeded, change: number, text: string): Promise<void> {
  await seedMessage(seeded.scope, seeded.conversationId, { change, content: { kind: 'text', text } })
  await seeded.scope.db
    .prepare('UPDATE conversations SET change = ? WHERE id = ?')
    .bind(change, seeded.conversationId)
    .run()
}

const open = () => seedOpenConversation({ lastInboundAt: Date.now() })

it('opens a socket once per ticket', async () => {
  const seeded = await open()
  const object = objectOf(seeded)
  const { ticket } = await object.issueTicket(sessionOf(seeded))
  const upgrade = () =>
    object.fetch(`https://conversation/live?secret=${ticket}`, { headers: { Upgrade: 'websocket' } })
  expect((await upgrade()).status).toBe(101)
  expect((await upgrade()).status).toBe(401)
  expect((await object.fetch('https://conversation/live?secret=guess')).status).toBe(401)
})

it('tells an open panel what changed, and only once', async () => {
  const seeded = await open()
  const panel = await openPanel(seeded, sessionOf(seeded))
  expect(await panel.hears('hello')).toMatchObject({ change: 0 })
  await addMessage(seeded, 1, 'first')
  await objectOf(seeded).wake({ reason: 'inbound' })
  await panel.hears('changes', (event) => event.change === 1)
  await addMessage(seeded, 2, 'second')
  await objectOf(seeded).wake({ reason: 'inbound' })
  const second = await panel.hears('changes', (event) => event.change === 2)
  expect(second.messages.map((message) => message.summary)).toEqual(['second'])
})

it('resumes from the change a panel saw last, also after the object was evicted', async () => {
  const seeded = await open()
  await addMessage(seeded, 1, 'seen')
  await addMessage(seeded, 2, 'missed')
  const panel = await openPanel(seeded, sessionOf(seeded))
  await panel.hears('hello')
  panel.send({ type: 'resume', after: 1 })
  const changes = await panel.hears('changes')
  expect(changes.messages.map((message) => message.summary)).toEqual(['missed'])
  await evictDurableObject(objectOf(seeded))
  await addMessage(seeded, 3, 'after the eviction')
  await objectOf(seeded).wake({ reason: 'inbound' })
  const later = await panel.hears('changes', (event) => event.change === 3)
  expect(later.messages.map((message) => message.summary)).toEqual(['after the eviction'])
})

it('shows colleagues who look and type, never oneself', async () => {
  const seeded = await open()
  const ana = await openPanel(seeded, sessionOf(seeded))
  const ken = await openPanel(seeded, sessionOf(seeded, { agentId: '2', name: 'Ken' }))
  await ana.hears('presence', (event) =>
    event.agents.some((agent) => agent.name === 'Ken' && agent.state === 'viewing'),
  )
  ken.send({ type: 'presence', state: 'typing' })
  await ana.hears('presence', (event) => event.agents.some((agent) => agent.name === 'Ken' && agent.state === 'typing'))
  expect(
    ana.heard.flatMap((event) => (event.type === 'presence' ? event.agents : [])).some((agent) => agent.id === '1'),
  ).toBe(false)
  ken.socket.close(1000)
  await ana.hears('presence', (event) => event.agents.length === 0 && ana.heard.indexOf(event) > 1)
})

it('closes when the session is over and when the department is no longer the agent’s', async () => {
  const seeded = await open()
  const over = await openPanel(seeded, sessionOf(seeded, { expiresAt: Date.now() - 1 }))
  over.send({ type: 'presence', state: 'viewing' })
  expect(await over.closes()).toBe(CLOSE_SESSION_ENDED)

  const panel = await openPanel(seeded, sessionOf(seeded))
  await panel.hears('hello')
  await seeded.scope.db
    .prepare('UPDATE conversations SET department_id = ?, change = 9 WHERE id = ?')
    .bind('999', seeded.conversationId)
    .run()
  await objectOf(seeded).wake({ reason: 'inbound' })
  expect(await panel.closes()).toBe(CLOSE_SESSION_ENDED)
})

it('is renewed by a token of the same agent and organisation, and by no other', async () => {
  const seeded = await open()
  const other = await open()
  const { SESSION_KEY } = readConfig(env)
  const tokenOf = async (session: AgentSession) => (await issueSessionToken(SESSION_KEY, session, Date.now)).token

  const panel = await openPanel(seeded, sessionOf(seeded))
  panel.send({ type: 'renew', token: await tokenOf(sessionOf(seeded)) })
  await panel.hears('renewed')
  panel.send({ type: 'renew', token: await tokenOf(sessionOf(seeded, { agentId: '2' })) })
  expect(await panel.closes()).toBe(CLOSE_SESSION_ENDED)

  const second = await openPanel(seeded, sessionOf(seeded))
  second.send({ type: 'renew', token: await tokenOf(sessionOf(other)) })
  expect(await second.closes()).toBe(CLOSE_SESSION_ENDED)
})

it('answers ping by itself and closes on a message it does not know', async () => {
  const seeded = await open()
  const panel = await openPanel(seeded, sessionOf(seeded))
  panel.send('ping')
  panel.send({ type: 'drop tables' })
  expect(await panel.closes()).toBe(CLOSE_BAD_MESSAGE)
})

it('keeps only the hash of a ticket', async () => {
  const seeded = await open()
  const { ticket } = await objectOf(seeded).issueTicket(sessionOf(seeded))
  await runInDurableObject(objectOf(seeded), (_, state) => {
    const rows = state.storage.sql.exec('SELECT * FROM live_tickets').toArray()
    expect(JSON.stringify(rows)).not.toContain(ticket)
    expect(rows).toHaveLength(1)
  })
})
