import { isLine, isOpener } from './tickets.model.ts'

/** How long a text waits for its file before it goes into the ticket alone. */
const FILE_WAIT_MS = 5_000
/** How often something that should announce itself is looked at nevertheless. */
const LOOK_AGAIN_MS = 60_000

/** What a batch is planned from: a message that is not, or not wholly, in the ticket. */
export type Unrecorded = {
  seq: number
  direction: 'in' | 'out'
  kind: string
  isHidden: boolean
  status: string
  /** Epoch milliseconds: Meta's time, our time. */
  sentAt: number
  position: number
  receivedAt: number
  file: 'none' | 'pending' | 'stored' | 'failed'
  /** Its text is in the ticket and only its file is missing. */
  isTextRecorded: boolean
}

export type BatchItem = { seq: number; hasText: boolean; hasFile: boolean }

/**
 * `open`: a ticket is to be made for this message. `append`: these go into the ticket now; `asker` is the
 * first customer's message among them that may reopen it. `settle`: nothing needs a line, only the cursor moves. `rest`: nothing to do
 * until something new happens. `isBurst`: texts are being gathered until then.
 */
export type BatchPlan =
  | { kind: 'open'; seq: number }
  | { kind: 'append'; items: BatchItem[]; asker: { seq: number; sentAt: number } | null; holes: number[] }
  | { kind: 'settle'; holes: number[] }
  | { kind: 'wait'; until: number; isBurst: boolean }
  | { kind: 'rest' }

type Facts = { hasTicket: boolean; burstMs: number; messages: readonly Unrecorded[] }

/** What to do now about everything that is not in the ticket yet. `now` is epoch milliseconds. */
export function planBatch({ hasTicket, burstMs, messages }: Facts, now: number): BatchPlan {
  const texts = messages.filter((message) => isReady(message) && isLine(message) && !message.isTextRecorded)
  const askers = inOrder(texts.filter(isOpener))
  if (!hasTicket) {
    const [first] = askers
    return first === undefined ? { kind: 'rest' } : { kind: 'open', seq: first.seq }
  }
  const files = messages.filter((message) => message.isTextRecorded && isFileDue(message))
  const holes = messages.filter(isHole).map((message) => message.seq)
  if (texts.length === 0 && files.length === 0) return quiet(messages, holes, now)
  const due = dueAt(texts, burstMs, now)
  if (due > now) return { kind: 'wait', until: due, isBurst: true }
  const items = inOrder([...texts, ...files]).map((message) => ({
    seq: message.seq,
    hasText: !message.isTextRecorded,
    hasFile: isFileDue(message),
  }))
  return { kind: 'append', items, asker: askers[0] ?? null, holes }
}

/** As the thread shows them: Meta's time, place in the body, arrival. */
function inOrder<Message extends Unrecorded>(messages: Message[]): Message[] {
  return messages.toSorted((a, b) => a.sentAt - b.sentAt || a.position - b.position || a.seq - b.seq)
}

/** Ours are recorded once it is known what became of them. */
function isReady({ direction, status }: Unrecorded): boolean {
  return direction === 'in' || (status !== 'queued' && status !== 'sending')
}

function isFileDue({ file }: Unrecorded): boolean {
  return file === 'stored' || file === 'failed'
}

/** What stays out although the cursor passes it: answers still on their way, files still to be fetched. */
function isHole(message: Unrecorded): boolean {
  return !isReady(message) || (isLine(message) && message.file === 'pending')
}

function quiet(messages: readonly Unrecorded[], holes: number[], now: number): BatchPlan {
  if (messages.some((message) => !isHole(message))) return { kind: 'settle', holes }
  return messages.length === 0 ? { kind: 'rest' } : { kind: 'wait', until: now + LOOK_AGAIN_MS, isBurst: false }
}

/** The end of the burst that began with the oldest text, or a little later while the files of some texts may still come. */
function dueAt(texts: readonly Unrecorded[], burstMs: number, now: number): number {
  if (texts.length === 0) return now
  const burstEnd = Math.min(...texts.map((message) => message.receivedAt)) + burstMs
  const fileEnds = texts
    .filter((message) => message.file === 'pending')
    .map((message) => message.receivedAt + FILE_WAIT_MS)
  return Math.min(Math.max(burstEnd, ...fileEnds), burstEnd + FILE_WAIT_MS)
}
