import { describe, expect, it } from 'vitest'
import { accountStateOf, changesFacts } from './account-events.model.ts'

const nothing = { isBanned: false, restriction: null, restrictedUntil: null }
const ban = (state: string) => ({ event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: state } })
const restrict = (...info: object[]) => ({ event: 'ACCOUNT_RESTRICTION', restriction_info: info })
const one = { restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: 1_800_000_000 }
const other = { restriction_type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', expiration: '1800000100' }

describe('what an account’s updates come to', () => {
  it.each([
    ['nothing', [], nothing],
    ['a ban', [ban('DISABLE')], { ...nothing, isBanned: true }],
    ['a ban that is taken back', [ban('DISABLE'), restrict(one), ban('REINSTATE')], nothing],
    ['a ban that is to come', [ban('SCHEDULE_FOR_DISABLE')], nothing],
    [
      'restrictions, until the last ends',
      [restrict(one, other)],
      { ...nothing, restriction: JSON.stringify([one, other]), restrictedUntil: 1_800_000_100_000 },
    ],
    [
      'another restriction',
      [restrict(one), restrict(other)],
      { ...nothing, restriction: JSON.stringify([other]), restrictedUntil: 1_800_000_100_000 },
    ],
    [
      'one without an end',
      [restrict(one, { restriction_type: 'X' })],
      { ...nothing, restriction: JSON.stringify([one, { restriction_type: 'X' }]), restrictedUntil: null },
    ],
    ['no restriction any more', [restrict(one), restrict()], nothing],
    ['what cannot be read', [null, 7, { event: 3 }, { event: 'ACCOUNT_RESTRICTION', restriction_info: 'x' }], nothing],
  ])('%s', (_, updates, expected) => {
    expect(accountStateOf(updates)).toEqual(expected)
  })

  it('only some fields say that facts changed', () => {
    expect(changesFacts('account_review_update')).toBe(true)
    expect(changesFacts('message_template_status_update')).toBe(false)
  })
})
