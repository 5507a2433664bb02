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
  const touch = draft.touch(conversationId, 'inbound')
  if (opensWindow(message.content)) touch.inboundAt = Math.max(touch.inboundAt ?? 0, sentAt)
  if (!isHidden) showAsLast(touch, row)
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
  const effect = applyTo(target, content, at)
  if (effect === null) return false
  const before = target.summary
  const after: KnownMessage = { ...target, ...effect, summary: summaryAfter(target, effect) }
  draft.changeMessage(target, after)
  if (after.summary !== before) draft.touch(conversationId, 'inbound').renamed.push({ from: before, to: after.summary })
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
