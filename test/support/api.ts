export type ApiMessage = {
  seq: number
  id: string
  wamid?: string
  direction: 'in' | 'out'
  kind: string
  summary: string
  status: string
  sentAt: string
  isInTicket: boolean
  content: { kind: string; text?: string }
}

export type ApiConversation = {
  id: string
  contact: { name: string; phone?: string; userId?: string }
  ticket?: { id: string; number: string }
  window: { closesAt: string } | null
  lastMessageAt: string
  desk: { state: string; reason?: string }
}

/** The Worker's API as an agent's panel uses it. */
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
    this.#token = (JSON.parse(text) as { token: string }).token
    return this.#token
  }

  async call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.worker}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.token()}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) }
  }

  async get<Answer>(path: string): Promise<Answer> {
    const { status, body } = await this.call('GET', path)
    if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${JSON.stringify(body)}`)
    return body as Answer
  }

  /** Every conversation the query finds, over all pages. */
  async conversations(query = ''): Promise<ApiConversation[]> {
    const found: ApiConversation[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: { items: ApiConversation[]; cursor: string | null } = await this.get(
        `/api/conversations?limit=200&query=${encodeURIComponent(query)}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      )
      found.push(...page.items)
      cursor = page.cursor
    }
    return found
  }

  /** Every message of a conversation, oldest first, over all pages. */
  async messages(conversationId: string): Promise<ApiMessage[]> {
    const found: ApiMessage[] = []
    let before: string | null = ''
    while (before !== null) {
      const page: { items: ApiMessage[]; before: string | null } = await this.get(
        `/api/conversations/${conversationId}/messages?limit=200${before === '' ? '' : `&before=${encodeURIComponent(before)}`}`,
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
