import type { ChannelId, ChannelView, PhoneNumberId } from '../../../contract/index.ts'
import type { ApiFailure, ApiResult } from '../api/http.ts'
import { settingsShape } from '../api/settings-shapes.ts'
import { ok } from '../result.ts'
import type { Settings } from './settings/settings.ts'

export type ChannelBody = Record<string, string | number | boolean>

/** The channel is saved even where its icon was refused: then the refusal stands beside it. */
export type SavedChannel = { channel: ChannelView; iconFailure: ApiFailure | null }

export type Backlog = 'all' | 'day' | 'none'

export type ChannelChanges = {
  /** The same number twice is one channel: the second of two tabs gets the first one's. */
  create(phoneNumberId: PhoneNumberId, body: ChannelBody, icon: Blob | null): Promise<ApiResult<SavedChannel>>
  change(id: ChannelId, body: ChannelBody, icon: Blob | null): Promise<ApiResult<SavedChannel>>
  /** Answered once no call to Meta is under way. */
  switchOff(id: ChannelId): Promise<ApiResult<ChannelView>>
  switchOn(id: ChannelId, backlog: Backlog): Promise<ApiResult<ChannelView>>
  remove(id: ChannelId): Promise<ApiResult<ChannelView>>
}

const channel = settingsShape('channel')

/** What an administrator does with channels. What the shell shows of them is read again after each change. */
export function createChannelChanges(settings: Pick<Settings, 'change' | 'reload'>): ChannelChanges {
  async function once<T>(call: Promise<ApiResult<T>>): Promise<ApiResult<T>> {
    const answer = await call
    await settings.reload()
    return answer
  }

  async function withIcon(saved: ApiResult<ChannelView>, icon: Blob | null): Promise<ApiResult<SavedChannel>> {
    if (!saved.ok) return saved
    if (icon === null) return ok({ channel: saved.value, iconFailure: null })
    const answer = await settings.change(channel, 'PUT', `/api/channels/${saved.value.id}/icon`, icon)
    return ok(
      answer.ok ? { channel: answer.value, iconFailure: null } : { channel: saved.value, iconFailure: answer.error },
    )
  }

  return {
    create: (phoneNumberId, body, icon) =>
      once(
        settings
          .change(channel, 'POST', '/api/channels', { ...body, phoneNumberId })
          .then((saved) => withIcon(saved, icon)),
      ),
    change: (id, body, icon) =>
      once(settings.change(channel, 'PATCH', `/api/channels/${id}`, body).then((saved) => withIcon(saved, icon))),
    switchOff: (id) => once(settings.change(channel, 'POST', `/api/channels/${id}/off`)),
    switchOn: (id, backlog) => once(settings.change(channel, 'POST', `/api/channels/${id}/on`, { backlog })),
    remove: (id) => once(settings.change(channel, 'DELETE', `/api/channels/${id}`)),
  }
}
