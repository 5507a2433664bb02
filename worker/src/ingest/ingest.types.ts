import type { ContactFacts } from '../contacts/contact.model.ts'
import type { Alias } from '../contacts/identity.model.ts'
import type { Marks } from '../messages/messages.rows.ts'
import type { Failure, MessageContent, MessageStatus } from '../../../contract/index.ts'
import type { MediaFacts, Pricing, WebhookEvent } from '../whatsapp/events.ts'

/** What the door hands to a lane: one part of a body, as text, or as the R2 key of a text too large for a lane's row. */
export type PartInput = {
  receivedAt: number
  /** The path of the Meta app that signed it; '' is our own. */
  appPath: string
  /** How many messages, statuses and other things are in it. */
  units: number
  body: string | null
  blobKey: string | null
  /** The dead letter this is a replay of, and whose it is. Its signature was checked when it came. */
  replayOf: { orgId: string; letter: number } | null
}

export type StoredPart = PartInput & { id: number }

/** Whose a number or account is, and through which Meta app. */
export type Route = { orgId: string; appPath: string; connectedAt: number }

export type Owner = Route & { shard: number }

/** A place in a lane: everything up to and with it is in D1. */
export type Place = { part: number; unit: number }

/** One event on its way from a lane to D1. */
export type Item = Place & {
  receivedAt: number
  /** Place among the messages of its lane: bodies in the order they came, each with its messages in their own order. */
  position: number
  event: WebhookEvent
  field: string
  wabaId: string | null
  /** A body holding this event alone, as text or as `blob:<R2 key>`. */
  body: () => string
  /** The dead letter this is a replay of. */
  replayOf: number | null
}

/** A message as it stands in D1, or as it will after this batch. */
export type KnownMessage = {
  /** Null while it is only part of this batch. */
  seq: number | null
  wamid: string | null
  conversationId: string
  direction: 'in' | 'out'
  status: MessageStatus
  marks: Marks
  /** The marks as D1 holds them. */
  storedMarks: string | null
  pricing: Pricing | null
  failure: Failure | null
  content: MessageContent
  /** When the customer wrote what stands there now, if not when they sent it. */
  editedAt: number | null
  reactions: { from: 'in' | 'out'; emoji: string }[]
  versions: { text: string; at: number }[]
  isRevoked: boolean
  summary: string
  sentAt: number
}

export type KnownContact = ContactFacts & {
  /** The conversation with this lane's number. */
  conversationId: string | null
}

/** What a batch must know before it can be planned. */
export type Facts = {
  /** By seq. */
  messages: Map<number, KnownMessage>
  contacts: Map<string, KnownContact>
  /** Reactions, edits and deletions that came before the message they are about, by its wamid. */
  acts: Map<string, KnownMessage[]>
  /** Contact of each alias that has one, by `aliasKey`. */
  owners: Map<string, string>
  /** `<wamid> <status>` of statuses that wait already. */
  waiting: Set<string>
  letters: Set<number>
  /** Department of the number's channel; null while there is no channel. */
  departmentId: string | null
}

export type Needs = {
  wamids: string[]
  /** Wamids of messages that something may have waited for. */
  targets: string[]
  /** The aliases of each person, strongest first; those of one that is moving all have to be known. */
  people: { aliases: Alias[]; isMoving: boolean }[]
  /** Wamids of statuses that may have to wait. */
  statusWamids: string[]
  /** What our own sends carried: looked up by seq, and by wamid only where that is not enough. */
  callbacks: { seq: number; wamid: string | null }[]
  letters: number[]
}

export type Counts = { received: number; stored: number; duplicate: number; ignored: number; dead: number }

export type NewMessage = KnownMessage & {
  wamid: string
  isHidden: boolean
  /** The message as it came, where `content` does not hold everything in it. */
  raw: unknown
  extras: object | null
  position: number
  receivedAt: number
  quoteWamid: string | null
  media: MediaFacts | null
}

export type NewConversation = { id: string; contactId: string; departmentId: string }

/** What happens to a conversation in a batch beside its messages. */
export type Touch = {
  conversationId: string
  /** The newest message that is shown, if there is one. */
  last: { at: number; position: number; summary: string } | null
  /** When the customer last wrote. */
  inboundAt: number | null
  /** When the customer wrote the oldest message that asks for an answer. */
  waitingAt: number | null
  /** A summary that is another one now. */
  renamed: { from: string; to: string }[]
}

export type WaitingStatus = { wamid: string; status: string; at: number; body: string; expiresAt: number }
export type StatusChange = { before: KnownMessage; after: KnownMessage }
export type EventRow = Place & { wabaId: string | null; field: string; body: string; receivedAt: number }
export type LetterRow = Place & { reason: string; body: string; receivedAt: number }

/** Everything one transaction writes. */
export type Plan = {
  seen: Place
  end: Place
  counts: Counts
  lastEventAt: number
  newContacts: ContactFacts[]
  changedContacts: ContactFacts[]
  removedAliases: { alias: Alias; contactId: string }[]
  newAliases: { alias: Alias; contactId: string }[]
  newConversations: NewConversation[]
  touches: Touch[]
  messages: NewMessage[]
  statusChanges: StatusChange[]
  effects: KnownMessage[]
  /** Messages that were shown for themselves until the one they are about came. */
  hidden: { seq: number; conversationId: string }[]
  waiting: WaitingStatus[]
  settled: { seq: number; wamid: string }[]
  events: EventRow[]
  letters: LetterRow[]
  removedLetters: number[]
  failedLetters: { id: number; reason: string }[]
  /** Conversations somebody must act on. */
  work: string[]
  /** Conversations to wake, and why. */
  wakes: Map<string, 'inbound' | 'status'>
}
