import type { z } from 'zod'
import { conversationListSchema, countersSchema, messagePageSchema, sessionSchema } from '../../contract/index.ts'
import type { ConversationView, Counters, MessageView } from '../../contract/index.ts'

/** The Worker's API as an agent's panel uses it; every answer is checked against the contract. */
export class Api {
  readonly worker: string
  readonly #open: { installKey: string; portalId: string; userId: string }
  #token: string | undefined

  constructor(worker: string, open: { installKey: string; portalId: string; userId: string }) {
    this.worker = worker
    this.#open = open
  }

  async openSession(): Promise<Response> {
    return fetch(`${this.worker}/api/session`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#open.installKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ portalId: this.#open.portalId, userId: this.#open.userId }),
    })
  }

  async token(): Promise<string> {
    if (this.#token !== undefined) return this.#token
    const response = await this.openSession()
    const text = await response.text()
    if (!response.ok) throw new Error(`The session answered ${response.status}: ${text}`)
    this.#token = sessionSchema.parse(JSON.parse(text)).token
    return this.#token
  }

  async call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.worker}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.token()}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : JSON.parse(text) }
  }

  async get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
    const { status, body } = await this.call('GET', path)
    if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${JSON.stringify(body)}`)
    return schema.parse(body)
  }

  counters(phoneNumberId: string): Promise<Counters> {
    return this.get(`/api/numbers/${phoneNumberId}/counters`, countersSchema)
  }

  /** Every conversation the query finds, over all pages. */
  async conversations(query = ''): Promise<ConversationView[]> {
    const found: ConversationView[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const parameters = new URLSearchParams({ limit: '200', query, ...(cursor !== '' && { cursor }) })
      const page: z.output<typeof conversationListSchema> = await this.get(
        `/api/conversations?${parameters}`,
        conversationListSchema,
      )
      found.push(...page.items)
      cursor = page.cursor
    }
    return found
  }

  /** Every message of a conversation, oldest first, over all pages. */
  async messages(conversationId: string): Promise<MessageView[]> {
    const found: MessageView[] = []
    for (let before: string | null = ''; before !== null;) {
      const parameters = new URLSearchParams({ limit: '200', ...(before !== '' && { before }) })
      const page: z.output<typeof messagePageSchema> = await this.get(
        `/api/conversations/${conversationId}/messages?${parameters}`,
        messagePageSchema,
      )
      found.unshift(...page.items)
      before = page.before
    }
    return found
  }

  send(conversationId: string, clientId: string, text: string): Promise<{ status: number; body: unknown }> {
    return this.call('POST', `/api/conversations/${conversationId}/messages`, { clientId, kind: 'text', text })
  }
}

/** The text of a text message; undefined for other kinds. */
export function textOf(message: MessageView): string | undefined {
  return message.content.kind === 'text' ? message.content.text : undefined
}
