import type { WholeWayTest } from '../../../contract/index.ts'
import { phoneNumberIdSchema, TEST_LEGS } from '../../../contract/index.ts'
import type { DeskFailure, DeskResult } from '../desk/desk.types.ts'
import type { Clock } from '../platform/clock.ts'
import { AppError } from '../platform/errors.ts'
import type { Legs, WayFacts } from './whole-way.model.ts'
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
  closeTicket(ticketId: string): Promise<DeskResult<unknown>>
  /** Says in the ticket that it was a test. */
  remark(ticketId: string): Promise<DeskResult<unknown>>
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
    const way = { testId: test.id, legs, facts, conversationId: found.conversationId, clientId }
    legs = walked.next === 'answer' ? await answer(ports, way) : await close(ports, way)
  }
  await ports.repo.save(test.id, stateOf(legs, { now: ports.clock(), expiresAt: test.expires_at }), legs, found)
  return viewOf(ports, test, legs)
}

type Way = { testId: string; legs: Legs; facts: WayFacts; conversationId: string; clientId: string }

async function answer(ports: WholeWayPorts, { legs, facts, conversationId, clientId }: Way): Promise<Legs> {
  try {
    await ports.answer(conversationId, clientId)
    return legs
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { ...legs, answer: failed(facts.now, error.code) }
  }
}

/** Closes the ticket and says so in it, for whoever looks first; everybody else waits for that. */
async function close(ports: WholeWayPorts, { testId, legs, facts }: Way): Promise<Legs> {
  const turn = await ports.repo.takeClosing(testId, ports.clock())
  if (turn === null) return legs
  const ticketId = facts.message?.ticketId ?? ''
  const closed = await ports.closeTicket(ticketId)
  const said = closed.ok && turn === 'first' ? await ports.remark(ticketId) : closed
  // A remark whose answer was lost may stand there: once too few is better than twice.
  if (said.ok || (closed.ok && (said.error.kind === 'lost' || said.error.kind === 'server')))
    return { ...legs, closed: { state: 'done', at: ports.clock(), detail: null } }
  if (FINAL.includes(said.error.kind)) return { ...legs, closed: failed(ports.clock(), said.error.kind) }
  // What passes by itself is tried with the next look.
  if (turn === 'first') await ports.repo.leaveClosing(testId)
  return legs
}

const FINAL: readonly DeskFailure['kind'][] = ['forbidden', 'invalid', 'revoked', 'gone']

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
