import type {
  ConversationId,
  PhoneNumberId,
  SendMessageAnswer,
  StartConversationAnswer,
  StartOptions,
  TemplateList,
} from '../../../contract/index.ts'
import type { Caller } from '../api/client.ts'
import type { ApiResult } from '../api/http.ts'
import { moreShape } from '../api/more-shapes.ts'
import { read } from '../api/shapes.ts'
import { createClientIds } from './client-ids.ts'

export type FilledTemplate = { name: string; language: string; bodyParams: readonly string[] }

export type Start = { phoneNumberId: PhoneNumberId; to: string; template: FilledTemplate; ticketId: string }

export type Templates = {
  /** Whom a ticket's contact could be written to, and from which numbers. */
  options(ticketId: string): Promise<ApiResult<StartOptions>>
  list(phoneNumberId: PhoneNumberId): Promise<ApiResult<TemplateList>>
  /** The same start again, such as after a lost answer, is the same message. */
  start(start: Start): Promise<ApiResult<StartConversationAnswer>>
  send(id: ConversationId, template: FilledTemplate): Promise<ApiResult<SendMessageAnswer>>
}

const options = moreShape('startOptions')
const list = moreShape('templateList')
const started = moreShape('startConversationAnswer')

export function createTemplates(call: Caller): Templates {
  const idOf = createClientIds()
  return {
    options: (ticketId) => call(options, `/api/tickets/${ticketId}/start`),
    list: (phoneNumberId) => call(list, `/api/numbers/${phoneNumberId}/templates`),
    start: (body) => call(started, '/api/conversations', { method: 'POST', body: { ...body, clientId: idOf(body) } }),
    send: (id, template) =>
      call((json) => read('sendMessageAnswer', json), `/api/conversations/${id}/template`, {
        method: 'POST',
        body: { clientId: idOf({ id, template }), template },
      }),
  }
}
