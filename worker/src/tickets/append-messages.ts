import type { DeskResult, DeskTicket } from '../desk/desk.types.ts'
import { ok } from '../platform/errors.ts'
import type { BatchItem, BatchPlan } from './batch.model.ts'
import { composeComments } from './comment-text.model.ts'
import type { EffectBody, Plan, Progress } from './effects.types.ts'
import { entryOf } from './entries.model.ts'
import type { Read } from './open-ticket.ts'
import { openTicket } from './open-ticket.ts'
import {
  carriesCommentOf,
  COMMENT_RANDOM_LENGTH,
  commentReference,
  ticketReference,
  carries,
} from './references.model.ts'
import { remarkOf } from './remarks.model.ts'
import type { Pass } from './run-plan.ts'
import { carryOut } from './run-plan.ts'
import type { Gate } from './ticket-gate.model.ts'
import { restWithout, stepWithout } from './ticket-gate.ts'
import type { TicketDecision, TicketFacts } from './tickets.model.ts'
import { decideTicket } from './tickets.model.ts'
import type { Step, TicketDeps } from './tickets.ports.ts'
import type { DeskFacts, DeskMessage } from './tickets.rows.ts'
import { stopFor } from './trouble-steps.ts'
import { uploadFiles } from './upload-files.ts'

const MAX_CANDIDATES = 5

type Append = Extract<BatchPlan, { kind: 'append' }>
type Target = { decision: Exclude<TicketDecision, { decision: 'created' }>; ticket: DeskTicket | null }

/** Writes messages into the conversation's ticket, or into the one that Desk and the rules say instead. */
export async function appendMessages(
  deps: TicketDeps,
  pass: Pass,
  facts: DeskFacts & { ticketId: string },
  read: Read,
  { batch, gate }: { batch: Append; gate: Gate | null },
): Promise<Step> {
  const target = await chooseTicket(deps, pass, facts, batch.asker?.sentAt ?? null)
  if (!target.ok) return stopFor(deps, target.error)
  if (target.value.decision.decision === 'created') {
    const opener = read.messages.find(({ seq }) => seq === batch.asker?.seq)
    // Ours alone make no ticket: they wait for the customer to write.
    if (opener === undefined || gate === null) return restWithout(deps, facts)
    const { reason } = target.value.decision
    return (
      (await stepWithout(deps, facts, gate)) ??
      openTicket(deps, pass, facts, read, { opener, reason, order: gate.order })
    )
  }
  const { decision, ticket } = target.value
  const uploaded = await uploadFiles(deps, filesOf(read.messages, batch.items))
  if (!uploaded.ok) return stopFor(deps, uploaded.error)
  const comments = composeEffects(deps, facts, read, batch.items, decision)
  const status: EffectBody[] = decision.reopens ? [{ kind: 'status', ticketId: decision.ticketId, status: 'Open' }] : []
  deps.effects.open(planOf(facts, read, batch, { decision, ticket }), [
    ...comments,
    ...status.map((body) => ({ reference: '', body })),
  ])
  return carryOut(deps, pass)
}

/** What Desk says and the rules make of it. Without a customer's message the ticket is taken as it is, unasked. */
async function chooseTicket(
  deps: TicketDeps,
  pass: Pass,
  facts: DeskFacts & { ticketId: string },
  askedAt: number | null,
): Promise<DeskResult<{ decision: TicketDecision; ticket: DeskTicket | null }>> {
  const { ticketId } = facts
  if (askedAt === null && !pass.mustAsk) {
    return ok({ decision: { decision: 'appended', reason: 'silent', ticketId, reopens: false }, ticket: null })
  }
  const found = await deps.desk.getTicket(ticketId)
  if (!found.ok && found.error.kind !== 'gone') return found
  const isLost = !found.ok || found.value.isTrashed
  const survivor = isLost ? await findSurvivor(deps, facts) : ok(null)
  if (!survivor.ok) return survivor
  const state: TicketFacts = found.ok
    ? { kind: 'found', ...found.value, survivor: survivor.value }
    : { kind: 'gone', survivor: survivor.value }
  const now = deps.clock()
  const decision = decideTicket(state, facts.channel.reopenDays, Math.min(askedAt ?? now, now))
  const isSilent = askedAt === null && decision.decision !== 'created'
  const chosen: TicketDecision = isSilent ? { ...decision, ...silently(decision) } : decision
  return ok({ decision: chosen, ticket: decision.decision === 'followed' || !found.ok ? survivor.value : found.value })
}

/** Ours go into a ticket as it stands: they open none again. */
function silently(
  decision: Exclude<TicketDecision, { decision: 'created' }>,
): Exclude<TicketDecision, { decision: 'created' }> {
  const { ticketId } = decision
  return decision.decision === 'followed'
    ? { ...decision, reopens: false }
    : { decision: 'appended', reason: 'silent', ticketId, reopens: false }
}

/** The ticket that ours was merged into: one of the same contact that carries what was written into ours. */
async function findSurvivor(
  { desk, repo }: TicketDeps,
  facts: DeskFacts & { ticketId: string },
): Promise<DeskResult<DeskTicket | null>> {
  const { deskContactId } = facts.contact
  if (deskContactId === null) return ok(null)
  const fromSeq = await repo.readFromSeq(facts.ticketId)
  const listed = await desk.listContactTickets(deskContactId, 'modifiedTime', 20)
  if (!listed.ok) return listed.error.kind === 'gone' ? ok(null) : listed
  for (const { id } of listed.value.filter((ticket) => ticket.id !== facts.ticketId).slice(0, MAX_CANDIDATES)) {
    const ticket = await desk.getTicket(id)
    if (!ticket.ok && ticket.error.kind !== 'gone') return ticket
    if (!ticket.ok || ticket.value.isTrashed) continue
    if (fromSeq !== null && carries(ticket.value.description, ticketReference(facts.conversationId, fromSeq)))
      return ticket
    const comments = await desk.listComments(id, 99)
    if (!comments.ok && comments.error.kind !== 'gone') return comments
    if (comments.ok && comments.value.some(({ content }) => carriesCommentOf(content, facts.ticketId))) return ticket
  }
  return ok(null)
}

function composeEffects(
  deps: TicketDeps,
  facts: DeskFacts,
  { messages }: Read,
  items: readonly BatchItem[],
  decision: Target['decision'],
): Array<{ reference: string; body: EffectBody }> {
  const { ticketId } = decision
  const uploads = deps.effects.uploads()
  const entries = items.flatMap((item) => {
    const message = messages.find(({ seq }) => seq === item.seq)
    return message === undefined ? [] : [entryOf(message, item, facts.contact.name, uploads.get(item.seq))]
  })
  const remark = remarkOf(decision.reason, facts.channel.reopenDays)
  const newReference = (): string => commentReference(ticketId, randomText(deps.random))
  return composeComments(entries, remark, newReference).map(({ reference, content, attachmentIds, seqs }) => ({
    reference,
    body: { kind: 'comment', ticketId, content, isPublic: facts.channel.isPublic, attachmentIds, seqs },
  }))
}

function planOf(
  facts: DeskFacts,
  { messages, isAll }: Read,
  { items, holes }: Append,
  { decision, ticket }: Target,
): Plan {
  const isMoved = ticket !== null && ticket.departmentId !== facts.departmentId && decision.reason === 'open'
  const isComplete = isAll && holes.length === 0
  const progress: Progress = {
    cursor: Math.max(facts.cursor, ...messages.map(({ seq }) => seq)),
    holes,
    seenChange: isAll ? facts.change : null,
    finishedVersion: isComplete ? facts.workVersion : null,
    isComplete,
    burstMs: facts.channel.burstMs,
  }
  return {
    kind: 'append',
    ticketId: decision.ticketId,
    ticket: ticket === null ? null : { number: ticket.ticketNumber, departmentId: ticket.departmentId },
    decision: decision.decision,
    reason: isMoved ? 'moved' : decision.reason,
    seqs: items.map(({ seq }) => seq),
    progress,
  }
}

function filesOf(messages: readonly DeskMessage[], items: readonly BatchItem[]): DeskMessage[] {
  return items
    .filter(({ hasFile }) => hasFile)
    .flatMap((item) => messages.filter(({ seq, file }) => seq === item.seq && file === 'stored'))
}

function randomText(random: () => number): string {
  return Array.from({ length: COMMENT_RANDOM_LENGTH }, () => Math.floor(random() * 36).toString(36)).join('')
}
