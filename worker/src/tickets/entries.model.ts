import type { BatchItem, Unrecorded } from './batch.model.ts'
import type { Entry } from './comment-text.model.ts'
import type { RecordedPart, UploadFact } from './effects.types.ts'
import { outcomeNote, saidText } from './message-text.model.ts'
import { oneLine, timeText } from './plain-text.model.ts'
import type { DeskMessage } from './tickets.rows.ts'

/** Who wrote when, one line that no name can break. */
export function headOfMessage(
  message: Pick<DeskMessage, 'direction' | 'agentName' | 'sentAt'>,
  customer: string,
): string {
  const sender =
    message.direction === 'in'
      ? oneLine(customer, 120) || 'Customer'
      : `${oneLine(message.agentName ?? '', 120) || 'Agent'} (agent)`
  return `${sender} · ${timeText(message.sentAt)}`
}

/** A message's part of a comment: its text, or its file alone where the text is in the ticket already. */
export function entryOf(
  message: DeskMessage,
  item: BatchItem,
  customer: string,
  upload: UploadFact | undefined,
): Entry {
  const attachmentId = item.hasFile ? (upload?.attachmentId ?? null) : null
  const outcome = item.hasText ? outcomeNote(message.status, message.failure) : null
  const file = fileNote(message, item, attachmentId !== null)
  return {
    seq: message.seq,
    head: headOfMessage(message, customer),
    quote: item.hasText && message.quotedSummary !== null ? oneLine(message.quotedSummary, 120) : null,
    text: item.hasText ? saidText(message) : '(The file of this message)',
    notes: [outcome, file].filter((note) => note !== null),
    attachmentIds: attachmentId === null ? [] : [attachmentId],
  }
}

function fileNote({ file }: DeskMessage, { hasFile }: BatchItem, isAttached: boolean): string | null {
  if (file === 'pending') return '(The file follows.)'
  if (!hasFile || isAttached) return null
  return file === 'failed'
    ? '(The file could not be fetched from WhatsApp.)'
    : '(Desk did not take the file. It can be opened in the WhatsApp panel.)'
}

/** The messages as the batch is planned from them. `holes` and `recorded` tell what of them is in the ticket already. */
export function unrecordedOf(
  messages: readonly DeskMessage[],
  holes: readonly number[],
  recorded: ReadonlyMap<number, RecordedPart>,
): Unrecorded[] {
  return messages.map((message) => {
    const part = recorded.get(message.seq)
    // A hole of ours waits for its status, one of the customer's for its file.
    const isFileHole = message.direction === 'in' && holes.includes(message.seq)
    const isWithoutFile = part === 'all' || (message.direction === 'out' && message.file === 'pending')
    return {
      seq: message.seq,
      direction: message.direction,
      kind: message.kind,
      isHidden: message.isHidden,
      status: message.status,
      sentAt: message.sentAt,
      position: message.position,
      receivedAt: message.receivedAt,
      file: isWithoutFile ? 'none' : message.file,
      isTextRecorded: part !== undefined || isFileHole,
    }
  })
}
