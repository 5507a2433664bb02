import type { Failure, MessageContent, MessageExtras } from '../../../contract/index.ts'

/** Who wrote, as Meta names people. A customer may have no phone number, and none of the rest either. */
export type Sender = {
  parentUserId: string | null
  userId: string | null
  /** Digits only, country code first. */
  phone: string | null
  name: string | null
  username: string | null
}

export type MediaFacts = {
  metaMediaId: string
  mimeType: string | null
  fileName: string | null
  sha256: string | null
}

/** A customer who is now reached under other ids: everything Meta said about before and after. */
export type Relink = {
  before: Pick<Sender, 'parentUserId' | 'userId' | 'phone'>
  after: Pick<Sender, 'parentUserId' | 'userId' | 'phone'>
}

export type InboundMessage = {
  kind: 'message'
  wamid: string
  sender: Sender
  /** Epoch milliseconds by Meta's clock; null when unreadable. */
  at: number | null
  content: MessageContent
  extras: MessageExtras | null
  quoteWamid: string | null
  media: MediaFacts | null
  relink: Relink | null
  /** The message as it came, where `content` does not hold everything in it. */
  raw: unknown
}

/** How Meta reports on a message of ours. */
export type StatusName = 'sent' | 'delivered' | 'read' | 'played' | 'failed'

export type Pricing = {
  billable?: boolean | undefined
  model?: string | undefined
  type?: string | undefined
  category?: string | undefined
}

export type StatusUpdate = {
  kind: 'status'
  wamid: string | null
  /** What we sent along as biz_opaque_callback_data. */
  callback: string | null
  status: StatusName
  at: number | null
  pricing: Pricing | null
  failure: Failure | null
}

/** Anything else Meta tells us: kept as its kind. */
export type PlatformEvent = { kind: 'event'; field: string }

/** Read, understood, and not ours to store. */
export type IgnoredEvent = { kind: 'ignored'; reason: string }

/** Nothing can be made of it; it becomes a dead letter. */
export type UnreadableEvent = { kind: 'unreadable'; reason: string }

export type WebhookEvent = InboundMessage | StatusUpdate | PlatformEvent | IgnoredEvent | UnreadableEvent
