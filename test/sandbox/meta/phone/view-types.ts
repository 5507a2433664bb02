/** What the page gets from `GET /phone/api/view`. Types only: the page's script and the server share them. */

export type PhoneView = {
  now: number
  customers: CustomerView[]
  customerId: string
  numbers: NumberView[]
  phoneNumberId: string
  /** What the owners of business numbers were told to enter. */
  codes: { display: string; value: string; isCall: boolean }[]
  isTyping: boolean
  bubbles: BubbleView[]
}

export type CustomerView = {
  id: string
  name: string
  /** The number, or the username or user id of somebody without one. */
  handle: string
  hasPhone: boolean
  readReceipts: boolean
  isOnline: boolean
}

export type NumberView = { id: string; name: string; display: string; unread: number; last: string }

export type BubbleView = {
  id: string
  direction: 'in' | 'out'
  type: string
  /** Epoch milliseconds. */
  at: number
  status: string
  text: string
  header?: string
  footer?: string
  /** Why it failed, for the messages the customer never got. */
  failure?: string
  media?: { kind: string; url: string; mimeType: string; filename: string }
  quote?: { id: string; text: string }
  link?: { url: string; label: string }
  /** Lines of a card: a contact, an order. */
  lines: string[]
  choices: ChoiceView[]
  reactions: string[]
  isEdited: boolean
  isRevoked: boolean
  isSystem: boolean
}

/** Something to tap: a reply button, a row of a list, a quick reply of a template. */
export type ChoiceView = {
  kind: 'button_reply' | 'list_reply' | 'button' | 'none'
  id: string
  title: string
  description?: string
}
