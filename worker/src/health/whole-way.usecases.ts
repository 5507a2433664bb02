import type { WholeWayTest } from '../../../contract/index.ts'
import { phoneNumberIdSchema, TEST_LEGS } from '../../../contract/index.ts'
import type { DeskResult } from '../desk/desk.types.ts'
import type { Clock } from '../platform/clock.ts'
import { AppError } from '../platform/errors.ts'
import type { Legs, NextAct, WayFacts } from './whole-way.model.ts'
import { failed, stateOf, walk } from './whole-way.model.ts'
import type { TestRow, WholeWayRepo } from './whole-way.repo.ts'

export type WholeWayPorts = {
  repo: WholeWayRepo
  clock: Clock
  newId(): string
  newCode(): string
  /** Whether answering somebody new takes a place of a trial now. */
  takesPlace(phoneNumberId: string): Promise<boolean>
  /** Answers in the conversation, once for each client id. Throws an AppError where a limit or the window refuses. */
  answer(conversationId: string, clientId: string): Promise<void>
  /** Says in the ticket that it was a test, and closes it. */
  closeTicket(ticketId: string): Promise<DeskResult<unknown>>
}

/** How long somebody has to take the phone and write. */
const LASTS_MS = 15 * 60_000

/** Begins a test of a number, or goes on with the one that is under way. */
export async function startTest(ports: WholeWayPorts, phoneNumberId: string, startedBy: string): Promise<WholeWayTest> {
  const now = ports.clock()
  const test = await ports.repo.ensure({
    id: ports.newId(),
    phoneNumberId,
    code: ports.newCode(),
    startedBy,
    startedAt: now,
    expiresAt: now + LASTS_MS,
  })
  return viewOf(ports, test, test.legs)
}

/** Looks how far a test is, and does what is due: the answer, closing the ticket. Each is done once, however often it is asked. */
export async function goOn(ports: WholeWayPorts, id: string): Promise<WholeWayTest> {
  const test = await ports.repo.find(id)
  if (test === null)
    throw new AppError({ code: 'tests.not_found', status: 404, message: 'There is no such test here.' })
  // A code that comes after its time is an ordinary message: nobody is answered, no ticket closed.
  const isOver = test.message_seq === null && ports.clock() >= test.expires_at
  if (isOver) return viewOf(ports, test, test.legs)
  const found =
    test.conversation_id !== null && test.message_seq !== null
      ? { conversationId: test.conversation_id, seq: test.message_seq }
      : await ports.repo.findMessage(test)
  if (found === null) return viewOf(ports, test, test.legs)
  const clientId = `whole-way-${test.id}`
  let legs: Legs = test.legs
  // The message, then the answer, then the ticket: at most one of our acts in each step.
  for (let step = 0; step < 3; step += 1) {
    const facts = {
      now: ports.clock(),
      expiresAt: test.expires_at,
      ...(await ports.repo.readFacts(found.conversationId, found.seq, clientId)),
    }
    const walked = walk(legs, facts)
    legs = walked.legs
    if (walked.next === 'none') break
    legs = await act(ports, walked.next, { legs, facts, conversationId: found.conversationId, clientId })
  }
  await ports.repo.save(test.id, stateOf(legs, { now: ports.clock(), expiresAt: test.expires_at }), legs, found)
  return viewOf(ports, test, legs)
}

async function act(
  ports: WholeWayPorts,
  next: Exclude<NextAct, 'none'>,
  way: { legs: Legs; facts: WayFacts; conversationId: string; clientId: string },
): Promise<Legs> {
  const { legs, facts } = way
  if (next === 'answer') {
    try {
      await ports.answer(way.conversationId, way.clientId)
      return legs
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return { ...legs, answer: failed(facts.now, error.code) }
    }
  }
  const closed = await ports.closeTicket(facts.message?.ticketId ?? '')
  if (closed.ok) return { ...legs, closed: { state: 'done', at: ports.clock(), detail: null } }
  // What passes by itself is tried with the next look.
  const isFinal = ['forbidden', 'invalid', 'revoked', 'gone'].includes(closed.error.kind)
  return isFinal ? { ...legs, closed: failed(ports.clock(), closed.error.kind) } : legs
}

async function viewOf(ports: WholeWayPorts, test: TestRow, legs: Legs): Promise<WholeWayTest> {
  const digits = test.display_phone_number.replaceAll(/\D/g, '')
  return {
    id: test.id,
    phoneNumberId: phoneNumberIdSchema.parse(test.phone_number_id),
    state: stateOf(legs, { now: ports.clock(), expiresAt: test.expires_at }),
    link: `https://wa.me/${digits}?text=${encodeURIComponent(test.code)}`,
    code: test.code,
    takesPlace: await ports.takesPlace(test.phone_number_id),
    legs: TEST_LEGS.map((leg) => {
      const { state, at, detail } = legs[leg]
      return { leg, state, at: at === null ? null : new Date(at).toISOString(), detail }
    }),
    expiresAt: new Date(test.expires_at).toISOString(),
  }
}
