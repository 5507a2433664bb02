import type { MessageContent } from '../../../contract/index.ts'
import { isOpener } from '../tickets/tickets.model.ts'
import type { InboundMessage } from '../whatsapp/events.ts'
import { summaryOf } from '../whatsapp/summary.ts'
import { applyTo, canOpenConversation, opensWindow, targetOf } from './content.model.ts'
import type { Item, KnownContact, KnownMessage, NewMessage, Touch } from './ingest.types.ts'
import type { Draft, Outcome } from './plan.draft.ts'
import { findPerson, meetPerson, movePerson } from './plan.people.ts'

const REVOKED_SUMMARY = 'Deleted by the customer'

/** No message comes from later than this; a clock of Meta's that says so is not believed. */
const FUTURE_MS = 30 * 86_400_000

/** A message of a customer: stored once, in its conversation, with its effect on the message it is about. */
export function planMessage(draft: Draft, item: Item, message: InboundMessage): Outcome {
  if (draft.message(message.wamid) !== null) return 'duplicate'
  const contact = contactOf(draft, message)
  if (contact === null || (contact.conversationId === null && !canOpenConversation(message.content))) {
    draft.keep(item, `messages.${message.content.kind}`)
    return 'stored'
  }
  store(draft, item, message, draft.openConversation(contact))
  return 'stored'
}

/** Who wrote; null where this says nothing that makes somebody new known. */
function contactOf(draft: Draft, message: InboundMessage): KnownContact | null {
  if (message.relink !== null) return movePerson(draft, message.relink)
  const isKnown = findPerson(draft, message.sender) !== null
  return isKnown || canOpenConversation(message.content) ? meetPerson(draft, message.sender) : null
}

function store(draft: Draft, item: Item, message: InboundMessage, conversationId: string): void {
  const sentAt = timeOf(message, item)
  const isApplied = apply(draft, message, conversationId, sentAt)
  const isHidden = isApplied || message.content.kind === 'welcome_request'
  const row = toRow(item, message, conversationId, sentAt, isHidden)
  draft.addMessage(row)
  applyWaiting(draft, row)
  const touch = draft.touch(conversationId, 'inbound')
  if (opensWindow(message.content)) touch.inboundAt = Math.max(touch.inboundAt ?? 0, sentAt)
  if (!isHidden) showAsLast(touch, row)
  if (isOpener({ direction: 'in', kind: message.content.kind, isHidden }))
    touch.waitingAt = Math.min(touch.waitingAt ?? sentAt, sentAt)
  // A reaction on a message that is here is nothing to do for anybody, and neither is somebody opening the chat.
  if (!isHidden || message.content.kind === 'edit' || message.content.kind === 'revoke') draft.addWork(conversationId)
}

function timeOf({ at }: InboundMessage, { receivedAt }: Item): number {
  return at === null || at > receivedAt + FUTURE_MS ? receivedAt : at
}

/** Applies a reaction, edit or deletion to the message it is about. False where that is not here. */
function apply(draft: Draft, { content }: InboundMessage, conversationId: string, at: number): boolean {
  const wamid = targetOf(content)
  const target = wamid === null ? null : draft.message(wamid)
  if (target === null || target.conversationId !== conversationId) return false
  const before = target.summary
  if (!change(draft, target, content, at)) return false
  const { summary } = target
  if (summary !== before) draft.touch(conversationId, 'inbound').renamed.push({ from: before, to: summary })
  return true
}

/** Applies what came before this message, as if it came now, by Meta's time; it is not shown for itself any more. */
function applyWaiting(draft: Draft, message: NewMessage): void {
  const acts = draft.facts.acts.get(message.wamid) ?? []
  for (const { seq, conversationId, content, sentAt } of acts.toSorted(byTime)) {
    if (seq === null || conversationId !== message.conversationId) continue
    if (change(draft, message, content, sentAt)) draft.plan.hidden.push({ seq, conversationId })
  }
}

/** Meta's time, and where it is the same second the order of arrival. */
function byTime(a: KnownMessage, b: KnownMessage): number {
  return a.sentAt - b.sentAt || (a.seq ?? 0) - (b.seq ?? 0)
}

/** False where it cannot apply to this message. */
function change(draft: Draft, target: KnownMessage, content: MessageContent, at: number): boolean {
  const effect = applyTo(target, content, at)
  if (effect === null) return false
  // One that was overtaken by a newer one has nothing to say any more.
  if (content.kind === 'reaction' && !draft.isNewestReaction(target.wamid ?? '', at)) return true
  draft.changeMessage(target, { ...target, ...effect, summary: summaryAfter(target, effect) })
  return true
}

function summaryAfter(target: KnownMessage, effect: Pick<KnownMessage, 'content' | 'isRevoked'>): string {
  if (effect.isRevoked) return REVOKED_SUMMARY
  return effect.content === target.content ? target.summary : summaryOf(effect.content)
}

function showAsLast(touch: Touch, { sentAt, position, summary }: NewMessage): void {
  const { last } = touch
  const isLater = last === null || sentAt > last.at || (sentAt === last.at && position >= last.position)
  if (isLater) touch.last = { at: sentAt, position, summary }
}

function toRow(
  item: Item,
  message: InboundMessage,
  conversationId: string,
  sentAt: number,
  isHidden: boolean,
): NewMessage {
  const isDated = sentAt === message.at
  return {
    seq: null,
    wamid: message.wamid,
    conversationId,
    direction: 'in',
    status: 'received',
    marks: {},
    storedMarks: null,
    pricing: null,
    failure: null,
    content: message.content,
    editedAt: null,
    raw: message.raw,
    extras: isDated ? message.extras : { ...message.extras, time: 'arrival' },
    reactions: [],
    versions: [],
    isRevoked: false,
    isHidden,
    summary: summaryOf(message.content),
    sentAt,
    position: item.position,
    receivedAt: item.receivedAt,
    quoteWamid: message.quoteWamid,
    media: message.media,
  }
}
