import { ensureDeskContact } from './desk-contact.ts'
import type { Progress } from './effects.types.ts'
import { headOfMessage } from './entries.model.ts'
import { outcomeNote, saidText } from './message-text.model.ts'
import { ticketReference } from './references.model.ts'
import { remarkOf } from './remarks.model.ts'
import type { Pass } from './run-plan.ts'
import { carryOut } from './run-plan.ts'
import type { TicketOrder } from './ticket-order.rows.ts'
import { descriptionOf, subjectOf } from './ticket-text.model.ts'
import type { Step, TicketDeps } from './tickets.ports.ts'
import type { DeskFacts, DeskMessage } from './tickets.rows.ts'

export type Read = { messages: readonly DeskMessage[]; isAll: boolean }

/** Makes a ticket in the channel's department for a customer's message: at once, whatever else may still come. */
export async function openTicket(
  deps: TicketDeps,
  pass: Pass,
  facts: DeskFacts,
  read: Read,
  first: { opener: DeskMessage; reason: string; order: TicketOrder | null },
): Promise<Step> {
  const contact = await ensureDeskContact(deps, facts, pass)
  if (contact.kind !== 'known') return contact
  const { opener, order } = first
  const reason = order === null ? first.reason : 'by_hand'
  const reference = ticketReference(facts.conversationId, opener.seq)
  const text = saidText(opener)
  const fileNote = fileNotes[opener.file]
  const outcome = outcomeNote(opener.status, opener.failure)
  deps.effects.open({ kind: 'ticket', openerSeq: opener.seq, reason, progress: progressAfter(facts, read, opener) }, [
    {
      reference,
      body: {
        kind: 'ticket',
        subject:
          order?.subject ?? subjectOf({ kind: opener.kind, text, summary: opener.summary, sender: facts.contact.name }),
        description: descriptionOf({
          text,
          notes: [fileNote, outcome].filter((note) => note !== null),
          head: `${headOfMessage(opener, facts.contact.name)} · WhatsApp`,
          remark: remarkOf(reason, facts.channel.reopenDays),
          reference,
        }),
        departmentId: order?.departmentId ?? facts.channel.departmentId,
        contactId: contact.deskContactId,
        phone: facts.contact.phone,
        ...(order !== null && order.assigneeId !== null && { assigneeId: order.assigneeId }),
      },
    },
  ])
  return carryOut(deps, pass)
}

const fileNotes = {
  none: null,
  pending: '(The file follows in a comment.)',
  stored: '(The file follows in a comment.)',
  failed: '(The file could not be fetched from WhatsApp.)',
}

/** The place moves to the opening message unless others that arrived before are still to be written. */
function progressAfter(facts: DeskFacts, { messages, isAll }: Read, opener: DeskMessage): Progress {
  const isAlone = messages.every(({ seq }) => seq === opener.seq || facts.holes.includes(seq))
  const hasFile = opener.file === 'pending' || opener.file === 'stored'
  const holes = [...facts.holes, ...(isAlone && hasFile ? [opener.seq] : [])]
  const isComplete = isAlone && isAll && holes.length === 0
  return {
    cursor: isAlone ? opener.seq : facts.cursor,
    holes,
    seenChange: isAlone && isAll ? facts.change : null,
    finishedVersion: isComplete ? facts.workVersion : null,
    isComplete,
    burstMs: facts.channel.burstMs,
  }
}
