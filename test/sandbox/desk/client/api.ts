import type { Change } from '../changes.ts'
import type { AgentItem, BootData, ConfigItem, TicketPage, TicketRow } from '../pages/page-data.ts'

const BASE = '/__sandbox/desk'

export type ConfigAnswer = { items: ConfigItem[]; visible: { name: string; value: string }[] }

type Values = Record<string, unknown>

/** The page's own calls. A refusal is an Error with the double's sentence. */
export class DeskApi {
  readonly #agent: () => AgentItem

  constructor(agent: () => AgentItem) {
    this.#agent = agent
  }

  static boot(): Promise<BootData> {
    return request(`${BASE}/boot`, {}, (value): value is BootData => isValues(value) && 'agents' in value)
  }

  tickets(): Promise<TicketRow[]> {
    return this.#get('/tickets', (value): value is TicketRow[] => Array.isArray(value))
  }

  ticket(id: string): Promise<TicketPage> {
    const isTicket = (value: unknown): value is TicketPage => isValues(value) && 'sdk' in value
    return this.#get(`/tickets/${encodeURIComponent(id)}`, isTicket)
  }

  act(action: string, body: object): Promise<Values> {
    return this.#post(`/actions/${action}`, body)
  }

  words(locale: string): Promise<Record<string, string>> {
    return this.#get(`/locale/${locale}`, (value): value is Record<string, string> => isValues(value))
  }

  config(): Promise<ConfigAnswer> {
    return this.#get('/config', (value): value is ConfigAnswer => isValues(value) && 'items' in value)
  }

  setConfig(name: string, value: string): Promise<Values> {
    return this.#post('/config', { name, value })
  }

  /** Takes back what an administrator allowed the extension at Zoho: its tokens are worth nothing any more. */
  withdrawConsent(): Promise<Values> {
    const body = JSON.stringify({ orgId: this.#agent().orgId })
    const headers = { 'content-type': 'application/json' }
    return request('/__sandbox/revoke', { method: 'POST', headers, body }, isValues)
  }

  proxy(options: unknown): Promise<Values> {
    return this.#post('/proxy', options)
  }

  database(use: 'read' | 'write' | 'delete', value: unknown): Promise<Values> {
    return this.#post('/database', { use, value })
  }

  #get<Answer>(path: string, isAnswer: (value: unknown) => value is Answer): Promise<Answer> {
    return request(`${BASE}${path}`, { headers: this.#headers() }, isAnswer)
  }

  #post(path: string, body: unknown): Promise<Values> {
    const headers = { ...this.#headers(), 'content-type': 'application/json' }
    return request(`${BASE}${path}`, { method: 'POST', headers, body: JSON.stringify(body ?? null) }, isValues)
  }

  #headers(): Record<string, string> {
    const agent = this.#agent()
    return { 'x-sandbox-agent': `${agent.orgId}/${agent.id}` }
  }
}

/** Tells of every change in Desk; the browser reconnects by itself, and then everything may have changed. */
export function listenToChanges(onChange: (change: Change | 'all') => void): void {
  const source = new EventSource(`${BASE}/events`)
  source.addEventListener('ready', () => onChange('all'))
  source.addEventListener('message', (event: MessageEvent<string>) => {
    const change: unknown = JSON.parse(event.data)
    if (isChange(change)) onChange(change)
  })
}

async function request<Answer>(
  path: string,
  init: RequestInit,
  isAnswer: (value: unknown) => value is Answer,
): Promise<Answer> {
  const response = await fetch(path, init)
  const answer: unknown = await response.json()
  if (response.ok && isAnswer(answer)) return answer
  throw new Error(isValues(answer) && typeof answer.error === 'string' ? answer.error : `HTTP ${response.status}`)
}

function isChange(value: unknown): value is Change {
  return isValues(value) && typeof value.kind === 'string'
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
