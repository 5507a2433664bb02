import { describe, expect, it } from 'vitest'
import { OVERLAYS, STAGES } from '../../../../contract/stages.ts'
import { businessUrl, chipOf, daysLeft, statusesOf, toneOfUse } from './status.model.ts'

const overlay = (name: (typeof OVERLAYS)[number]) => ({ name, since: null, until: null, detail: null })
const DAY = 86_400_000
const END = '2026-12-22T12:00:00.000Z'

describe('what a channel’s status says', () => {
  it.each(STAGES)('names the stage %s', (stage) => {
    expect(statusesOf({ stage, overlays: [], isDesignated: true }).map(({ key }) => key)).toEqual([`stage.${stage}`])
  })

  it.each(OVERLAYS.filter((name) => name !== 'payment_missing'))(
    'says that %s stops all, and not “connected”',
    (name) => {
      expect(
        statusesOf({ stage: 'live', overlays: [overlay(name)], isDesignated: true }).map(({ key }) => key),
      ).toEqual([`overlay.${name}`])
    },
  )

  it('says a missing payment method beside the stage', () => {
    const statuses = statusesOf({ stage: 'live', overlays: [overlay('payment_missing')], isDesignated: true })
    expect(statuses.map(({ key }) => key)).toEqual(['overlay.payment_missing', 'stage.live'])
  })
})

it('says of another number than that of the larger trial that it only receives', () => {
  const standing = { stage: 'verified_trial' as const, overlays: [], isDesignated: false }
  expect(statusesOf(standing).map(({ key }) => key)).toEqual(['stage.verified_other_number'])
  expect(chipOf(standing, 'on').key).toBe('chip.stopped')
})

describe('the chip', () => {
  it.each([
    ['trial', 'chip.trial'],
    ['trial_expired', 'chip.stopped'],
    ['trial_other_number', 'chip.stopped'],
    ['verified_trial', 'chip.verified_trial'],
    ['live', 'chip.live'],
    ['failed', 'chip.failed'],
  ] as const)('of %s is %s', (stage, key) => {
    expect(chipOf({ stage, overlays: [], isDesignated: true }, 'on').key).toBe(key)
  })

  it('says stopped where something stops every send', () => {
    expect(chipOf({ stage: 'live', overlays: [overlay('restricted')], isDesignated: true }, 'on').key).toBe(
      'chip.stopped',
    )
    expect(chipOf({ stage: 'live', overlays: [overlay('payment_missing')], isDesignated: true }, 'on').key).toBe(
      'chip.live',
    )
  })

  it('says off before all', () => {
    expect(chipOf({ stage: 'failed', overlays: [overlay('banned')], isDesignated: true }, 'off').key).toBe('chip.off')
  })
})

it.each([
  [30 * DAY, 30],
  [30 * DAY - 1, 30],
  [DAY + 1, 2],
  [DAY, 1],
  [1, 1],
  [0, 0],
  [-DAY, 0],
])('counts a day as left until it is over: %d ms are %d days', (left, days) => {
  expect(daysLeft(END, Date.parse(END) - left)).toBe(days)
})

it.each([
  [0, 10, 'good'],
  [7, 10, 'good'],
  [8, 10, 'warning'],
  [10, 10, 'danger'],
  [1, 2, 'good'],
  [2, 2, 'danger'],
])('%d of %d is %s', (used, limit, tone) => {
  expect(toneOfUse(used, limit)).toBe(tone)
})

it('opens the business that the account belongs to', () => {
  expect(businessUrl('1234')).toBe('https://business.facebook.com/settings/info?business_id=1234')
  expect(businessUrl(null)).not.toContain('business_id')
})
