import { describe, expect, it } from 'vitest'
import { phoneNumberIdSchema } from '../../../contract/index.ts'
import { channelView } from '../../test/channel-fixtures.ts'
import { refusal } from '../../test/fixtures.ts'
import type { Method, Reader } from '../api/http.ts'
import type { ApiResult } from './settings/settings.ts'
import { fail, ok } from '../result.ts'
import { createChannelChanges } from './channels.ts'

const CHANNEL = channelView('00')
const NUMBER = phoneNumberIdSchema.parse('800100')
const ICON = new Blob(['icon'], { type: 'image/png' })

/** The shell, with a Worker that refuses the named calls. */
function shell(...refused: string[]) {
  const calls: string[] = []
  return {
    calls,
    reload: async () => {
      calls.push('reload')
    },
    async change<T>(read: Reader<T>, method: Method, path: string, body?: unknown): Promise<ApiResult<T>> {
      const call = `${method} ${path}`
      calls.push(body instanceof Blob ? `${call} ${body.type}` : call)
      if (refused.includes(call)) return fail(refusal(409, 'channels.limit'))
      const value = read(CHANNEL)
      return value === undefined ? fail(refusal(200, 'unreadable')) : ok(value)
    },
  }
}

describe('a new channel', () => {
  it('gets its icon once it is there, and the shell reads all again at the end', async () => {
    const settings = shell()
    const saved = await createChannelChanges(settings).create(NUMBER, { name: 'Support' }, ICON)
    expect(settings.calls).toEqual(['POST /api/channels', `PUT /api/channels/${CHANNEL.id}/icon image/png`, 'reload'])
    expect(saved).toEqual(ok({ channel: CHANNEL, iconFailure: null }))
  })

  it('is there although its icon was refused', async () => {
    const settings = shell(`PUT /api/channels/${CHANNEL.id}/icon`)
    const saved = await createChannelChanges(settings).create(NUMBER, {}, ICON)
    expect(saved).toEqual(ok({ channel: CHANNEL, iconFailure: refusal(409, 'channels.limit') }))
  })

  it('sends no icon where it was refused itself', async () => {
    const settings = shell('POST /api/channels')
    const saved = await createChannelChanges(settings).create(NUMBER, {}, ICON)
    expect(settings.calls).toEqual(['POST /api/channels', 'reload'])
    expect(saved).toEqual(fail(refusal(409, 'channels.limit')))
  })
})

it('asks each change where the Worker answers it', async () => {
  const settings = shell()
  const changes = createChannelChanges(settings)
  await changes.change(CHANNEL.id, { name: 'Orders' }, null)
  await changes.switchOff(CHANNEL.id)
  await changes.switchOn(CHANNEL.id, 'day')
  await changes.remove(CHANNEL.id)
  const at = `/api/channels/${CHANNEL.id}`
  expect(settings.calls.filter((call) => call !== 'reload')).toEqual([
    `PATCH ${at}`,
    `POST ${at}/off`,
    `POST ${at}/on`,
    `DELETE ${at}`,
  ])
})
