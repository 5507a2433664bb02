import type { Changes, ConversationView, MessagePage, MessageView, TicketDecision } from '../../contract/index.ts'
import { conversationIdSchema, messageIdSchema, messageViewSchema, phoneNumberIdSchema } from '../../contract/index.ts'
import type { ApiFailure } from '../src/api/http.ts'

export const CONVERSATION_ID = conversationIdSchema.parse('cv_abcdefabcdef12')
export const NOON = Date.parse('2026-11-22T12:00:00.000Z')

/** A message `n` minutes after noon whose place follows its number. */
export function message(n: number, facts: Partial<MessageView> & { text?: string } = {}): MessageView {
  const { text = `Message ${n}`, ...rest } = facts
  return messageViewSchema.parse({
    seq: n,
    id: messageIdSchema.parse(`m${n}`),
    wamid: `wamid.${n}`,
    direction: 'in',
    kind: 'text',
    summary: text === '' ? 'Message' : text,
    status: rest.direction === 'out' ? 'sent' : 'received',
    sentAt: new Date(NOON + n * 60_000).toISOString(),
    change: n,
    position: String(n).padStart(8, '0'),
    content: { kind: 'text', text },
    isInTicket: true,
    ...rest,
  })
}

export function decision(n: number, facts: Partial<TicketDecision> = {}): TicketDecision {
  return {
    at: new Date(NOON + n * 60_000 + 1_000).toISOString(),
    decision: 'appended',
    reason: 'open',
    ticketId: '301',
    ticketNumber: '101',
    ...facts,
  }
}

export function conversation(facts: Partial<ConversationView> = {}): ConversationView {
  return {
    id: CONVERSATION_ID,
    contact: { name: 'Sakura Tanaka', phone: '+81 90-1234-5678' },
    ticket: { id: '301', number: '101' },
    channel: {
      name: 'Support',
      phoneNumberId: phoneNumberIdSchema.parse('800100'),
      displayPhoneNumber: '+44 20 7946 0101',
    },
    window: { closesAt: new Date(NOON + 3_600_000).toISOString() },
    lastMessageAt: new Date(NOON).toISOString(),
    lastSummary: 'Hello',
    change: 1,
    desk: { state: 'done' },
    ...facts,
  }
}

export function page(items: MessageView[], facts: Partial<MessagePage> = {}): MessagePage {
  return { items, decisions: [], before: null, after: null, change: items.at(-1)?.change ?? 0, ...facts }
}

export function changes(messages: MessageView[], facts: Partial<Changes> = {}): Changes {
  const change = Math.max(0, ...messages.map((one) => one.change))
  return {
    change,
    since: 0,
    messages,
    decisions: [],
    conversation: conversation({ change }),
    isPartial: false,
    ...facts,
  }
}

export function refusal(status: number, code: string, facts: Partial<ApiFailure> = {}): ApiFailure {
  return { kind: 'http', status, code, message: 'A sentence.', ...facts }
}

export const unreachable: ApiFailure = { kind: 'network', status: 0, code: '', message: 'Failed to fetch' }
