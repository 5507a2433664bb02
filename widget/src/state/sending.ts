import type { ConversationId, MessageId, Sending, SendMessageAnswer } from '../../../contract/index.ts'
import type { Caller } from '../api/client.ts'
import type { ApiResult } from '../api/http.ts'
import { moreShape } from '../api/more-shapes.ts'
import { read } from '../api/shapes.ts'

const sending = moreShape('sending')

/** Whether a limit stops answers in this conversation, and which places an answer would take. */
export function readSending(call: Caller, id: ConversationId): Promise<ApiResult<Sending>> {
  return call(sending, `/api/conversations/${id}/sending`)
}

/** Takes back an answer that waits because its channel is off. */
export function cancelMessage(
  call: Caller,
  id: ConversationId,
  message: MessageId,
): Promise<ApiResult<SendMessageAnswer>> {
  const path = `/api/conversations/${id}/messages/${message}/cancel`
  return call((json) => read('sendMessageAnswer', json), path, { method: 'POST' })
}
