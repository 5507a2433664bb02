import { expect, it } from 'vitest'
import { refusal, unreachable } from '../../../test/fixtures.ts'
import { channelRefusal } from './refusal.model.ts'

it.each([
  ['channels.limit', 409, 'channel.refusedLimit'],
  ['channels.removed', 409, 'channel.refusedGone'],
  ['channels.icon_type', 422, 'channel.iconType'],
  ['channels.icon_dimensions', 422, 'channel.iconLarge'],
  ['request.too_large', 413, 'channel.iconLarge'],
  ['administration.not_signed_in', 401, 'channel.refusedSignIn'],
  ['internal', 500, 'channel.refusedNetwork'],
  ['channels.something_new', 409, null],
])('%s (%d) is said as %s', (code, status, word) => {
  expect(channelRefusal(refusal(status, code))).toBe(word)
})

it('says that Kaiwa could not be reached', () => {
  expect(channelRefusal(unreachable)).toBe('channel.refusedNetwork')
})
