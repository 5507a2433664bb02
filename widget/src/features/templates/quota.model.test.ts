import { describe, expect, it } from 'vitest'
import { QUOTA_REFUSALS } from '../../../../contract/stages.ts'
import { message, NOON } from '../../../test/fixtures.ts'
import { heldOf, limitOf, quotaWord } from './quota.model.ts'

const at = (ms: number): string => new Date(NOON + ms).toISOString()
const DAY = 86_400_000

it.each(QUOTA_REFUSALS)('has words for %s, by its name and by its code', (refusal) => {
  expect([quotaWord(refusal), quotaWord(`quota.${refusal}`)]).toEqual([`quota.${refusal}`, `quota.${refusal}`])
})

it.each(['quota.moon', 'toString', ''])('has none for %j', (code) => {
  expect(quotaWord(code)).toBeNull()
})

describe('what the composer says of limits', () => {
  const places = { pool: 'answers', used: 9, limit: 10 } as const

  it('says what stops an answer before all', () => {
    expect(limitOf({ refusal: 'trial_answers', places, endsAt: at(DAY) }, NOON)).toEqual({
      kind: 'stopped',
      refusal: 'trial_answers',
    })
  })

  it('says that an answer takes a place', () => {
    expect(limitOf({ refusal: null, places, endsAt: at(DAY) }, NOON)).toEqual({ kind: 'place', places })
  })

  it.each([
    [3 * DAY, true],
    [3 * DAY + 1, false],
    [1, true],
    [0, false],
  ])('says that the trial ends, %d ms before it: %s', (left, isSaid) => {
    expect(limitOf({ refusal: null, endsAt: at(left) }, NOON)).toEqual(
      isSaid ? { kind: 'ends', endsAt: at(left) } : null,
    )
  })

  it('says nothing where there is no limit', () => {
    expect(limitOf({ refusal: null, endsAt: null }, NOON)).toBeNull()
  })
})

it('finds the answers that wait here', () => {
  const waiting = message(3, { direction: 'out', status: 'queued' })
  const others = [message(1), message(2, { direction: 'out', status: 'sent' })]
  expect(heldOf([...others, waiting])).toEqual([waiting])
})
