import type { ApiResult } from '../api/http.ts'
import type { Caller } from '../api/client.ts'
import { moreShape } from '../api/more-shapes.ts'
import type { Chat } from './archive.ts'
import { archivePath, createChat } from './archive.ts'

const readMessages = moreShape('archiveList')

/** Whether anything was written with this customer in the Business app. */
export async function hasEarlier(call: Caller, phoneNumberId: string, phone: string): Promise<ApiResult<boolean>> {
  const answer = await call(readMessages, archivePath(phoneNumberId, '', { phone, limit: '1' }))
  return answer.ok ? { ok: true, value: answer.value.items.length > 0 } : answer
}

/** What was written with a customer in the Business app, for a ticket's panel. */
export function createEarlier(call: Caller, phoneNumberId: string, phone: string): Chat {
  return createChat((path) => call(readMessages, path), phoneNumberId, phone)
}
