import type {
  Changes,
  ConversationId,
  LiveTicket,
  MessageId,
  MessagePage,
  SendMessageAnswer,
  SendMessageBody,
  TicketConversation,
} from '../../../contract/index.ts'
import type { ApiResult, Http, HttpRequest, Reader } from './http.ts'
import type { Shapes } from './shapes.ts'
import { read } from './shapes.ts'

/** What a client needs to know of the session: a valid token, and a new one when the Worker refuses it. */
export type TokenSource = {
  token(): Promise<ApiResult<string>>
  /** Called once for a 401; answers with another token. */
  replace(refused: string): Promise<ApiResult<string>>
}

export type PageRequest = { before?: string; after?: string; ticketId?: string; limit?: number }

/** The Worker's routes that the ticket pane uses. */
export type Client = {
  ticketConversation(ticketId: string): Promise<ApiResult<TicketConversation>>
  messages(id: ConversationId, page: PageRequest): Promise<ApiResult<MessagePage>>
  changes(id: ConversationId, after: number): Promise<ApiResult<Changes>>
  send(id: ConversationId, body: SendMessageBody): Promise<ApiResult<SendMessageAnswer>>
  retry(id: ConversationId, message: MessageId): Promise<ApiResult<SendMessageAnswer>>
  settle(
    id: ConversationId,
    message: MessageId,
    outcome: 'arrived' | 'send_again',
  ): Promise<ApiResult<SendMessageAnswer>>
  liveTicket(id: ConversationId): Promise<ApiResult<LiveTicket>>
}

function query(page: PageRequest): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(page)) search.set(key, String(value))
  return search.size === 0 ? '' : `?${search}`
}

const POST = { method: 'POST' } as const

type Call = Omit<HttpRequest, 'path' | 'token'>
export type Caller = <T>(read: Reader<T>, path: string, call?: Call) => Promise<ApiResult<T>>

/** One call with a good token; a 401 buys exactly one more try with a new session. */
export function createCaller(http: Http, tokens: TokenSource): Caller {
  return async (readValue, path, rest = { method: 'GET' }) => {
    const token = await tokens.token()
    if (!token.ok) return token
    const answer = await http.ask(readValue, { ...rest, path, token: token.value })
    if (answer.ok || answer.error.status !== 401) return answer
    const other = await tokens.replace(token.value)
    return other.ok ? http.ask(readValue, { ...rest, path, token: other.value }) : other
  }
}

export function createClient(http: Http, tokens: TokenSource): Client {
  const caller = createCaller(http, tokens)
  const call = <K extends keyof Shapes>(shape: K, path: string, rest?: Call): Promise<ApiResult<Shapes[K]>> =>
    caller((json) => read(shape, json), path, rest)

  const at = (id: ConversationId, rest: string): string => `/api/conversations/${id}/${rest}`

  return {
    ticketConversation: (ticketId) => call('ticketConversation', `/api/tickets/${ticketId}/conversation`),
    messages: (id, page) => call('messagePage', at(id, `messages${query(page)}`)),
    changes: (id, after) => call('changes', at(id, `changes?after=${after}`)),
    send: (id, body) => call('sendMessageAnswer', at(id, 'messages'), { ...POST, body }),
    retry: (id, message) => call('sendMessageAnswer', at(id, `messages/${message}/retry`), POST),
    settle: (id, message, outcome) =>
      call('sendMessageAnswer', at(id, `messages/${message}/settle`), { ...POST, body: { outcome } }),
    liveTicket: (id) => call('liveTicket', at(id, 'live-ticket'), POST),
  }
}
