import type { MessageContent } from '../../../contract/index.ts'

type Kind = MessageContent['kind']

/** Kinds that say something about another message or about the chat itself, never something to answer. */
const OPEN_NOTHING: ReadonlySet<Kind> = new Set<Kind>(['reaction', 'edit', 'revoke', 'welcome_request', 'system'])

/**
 * Whether a message may be the first of a conversation. A reaction, an edit, a deletion, a welcome request or a notice from somebody
 * who never wrote makes no contact, no conversation and no ticket; it is kept as an event.
 */
export function canOpenConversation(content: MessageContent): boolean {
  return !OPEN_NOTHING.has(content.kind)
}

/**
 * Whether a message opens the 24-hour window: "24 hours from the user's last message or call". Everything the customer sends anew
 * counts, a reaction too; changing or deleting what was sent before, taking a reaction away, opening the chat and WhatsApp's own
 * notices are no messages of the customer.
 */
export function opensWindow(content: MessageContent): boolean {
  if (content.kind === 'reaction') return content.emoji !== null
  return canOpenConversation(content)
}

/** The message that another one is about; null where it stands for itself. */
export function targetOf(content: MessageContent): string | null {
  return content.kind === 'reaction' || content.kind === 'edit' || content.kind === 'revoke'
    ? content.targetWamid
    : null
}

export type Target = {
  direction: 'in' | 'out'
  content: MessageContent
  /** When the customer wrote what stands there now, if not when they sent it. */
  editedAt: number | null
  reactions: readonly { from: 'in' | 'out'; emoji: string }[]
  versions: readonly { text: string; at: number }[]
  isRevoked: boolean
  sentAt: number
}

type Effect = Pick<Target, 'content' | 'editedAt' | 'isRevoked'> & {
  reactions: { from: 'in' | 'out'; emoji: string }[]
  versions: { text: string; at: number }[]
}

/**
 * What a customer's reaction, edit or deletion makes of the message it is about, or null where it cannot apply: only the customer's
 * own messages can be edited or deleted, and only texts and captions change. `at` is when the customer did it: an edit older than the
 * one that stands there now takes its place among the versions.
 */
export function applyTo(target: Target, content: MessageContent, at: number): Effect | null {
  const effect: Effect = {
    content: target.content,
    editedAt: target.editedAt,
    isRevoked: target.isRevoked,
    reactions: [...target.reactions],
    versions: [...target.versions],
  }
  if (content.kind === 'reaction') {
    const others = effect.reactions.filter(({ from }) => from !== 'in')
    return { ...effect, reactions: content.emoji === null ? others : [...others, { from: 'in', emoji: content.emoji }] }
  }
  if (target.direction !== 'in') return null
  if (content.kind === 'revoke') return { ...effect, isRevoked: true }
  if (content.kind !== 'edit' || content.text === null) return null
  const before = textOf(target.content)
  const edited = withText(target.content, content.text)
  if (before === null || edited === null) return null
  if (target.editedAt !== null && at < target.editedAt) {
    effect.versions.push({ text: content.text, at })
    return { ...effect, versions: effect.versions.toSorted((a, b) => a.at - b.at) }
  }
  effect.versions.push({ text: before, at: target.editedAt ?? target.sentAt })
  return { ...effect, content: edited, editedAt: at }
}

function textOf(content: MessageContent): string | null {
  if (content.kind === 'text') return content.text
  return 'media' in content ? (content.media.caption ?? '') : null
}

function withText(content: MessageContent, text: string): MessageContent | null {
  if (content.kind === 'text') return { ...content, text }
  return 'media' in content ? { ...content, media: { ...content.media, caption: text } } : null
}
