import { describe, expect, it } from 'vitest'
import type { Alias, PersonIds } from './identity.model.ts'
import { aliasKey, aliasesOf, moveIdentity, resolveIdentity } from './identity.model.ts'

const person = (ids: Partial<PersonIds>): PersonIds => ({ parentUserId: null, userId: null, phone: null, ...ids })
const aliases = (ids: Partial<PersonIds>, portfolioId = '600100'): Alias[] => aliasesOf(person(ids), portfolioId)
const owned = (...owners: [string, Alias[]][]): Map<string, string> =>
  new Map(owners.flatMap(([contactId, list]) => list.map((alias): [string, string] => [aliasKey(alias), contactId])))

describe('who wrote', () => {
  const parent = aliases({ parentUserId: 'GB.ENT.1' })
  const userId = aliases({ userId: 'GB.1' })
  const phone = aliases({ phone: '447700900123' })
  const all = aliases({ parentUserId: 'GB.ENT.1', userId: 'GB.1', phone: '447700900123' })

  it.each([
    ['the parent user id before all else', owned(['ct_a', parent], ['ct_b', userId], ['ct_c', phone]), 'ct_a', 0, 2],
    ['the user id before the phone', owned(['ct_b', userId], ['ct_c', phone]), 'ct_b', 1, 1],
    ['the phone where no id is known', owned(['ct_c', phone]), 'ct_c', 2, 0],
    ['nobody yet', owned(), null, 3, 0],
    ['one contact known under all three', owned(['ct_a', all]), 'ct_a', 0, 0],
  ])('%s', (_name, owners, contactId, free, foreign) => {
    const resolution = resolveIdentity(all, owners)
    expect(resolution.contactId).toBe(contactId)
    expect(resolution.free).toHaveLength(free)
    expect(resolution.foreign).toHaveLength(foreign)
  })

  it('keeps the same user id of two portfolios apart', () => {
    expect(resolveIdentity(aliases({ userId: 'GB.1' }, '600900'), owned(['ct_b', userId])).contactId).toBe(null)
  })

  it('finds one contact by both forms of a Brazilian number', () => {
    const owners = owned(['ct_c', aliases({ phone: '551187654321' })])
    expect(resolveIdentity(aliases({ phone: '5511987654321' }), owners).contactId).toBe('ct_c')
  })
})

describe('a change of ids', () => {
  const before = aliases({ userId: 'GB.1', phone: '447700900123' })
  const after = aliases({ userId: 'GB.2', phone: '447700900456' })

  it('moves the contact to the new number and id', () => {
    expect(moveIdentity(before, after, owned(['ct_a', before]))).toEqual({
      contactId: 'ct_a',
      remove: [before[1]],
      add: after,
      hasNewPhone: true,
    })
  })

  it('done twice changes nothing more', () => {
    const [userId] = before
    const owners = owned(['ct_a', [...(userId === undefined ? [] : [userId]), ...after]])
    expect(moveIdentity(before, after, owners)).toEqual({ contactId: 'ct_a', remove: [], add: [], hasNewPhone: true })
  })

  it('of nobody we know does nothing', () => {
    expect(moveIdentity(before, after, owned())).toBe(null)
  })

  it('onto a number that is another contact’s merges nobody and leaves this one without a number', () => {
    const taken = aliases({ phone: '447700900456' })
    expect(moveIdentity(before, after, owned(['ct_a', before], ['ct_b', taken]))).toEqual({
      contactId: 'ct_a',
      remove: [before[1]],
      add: aliases({ userId: 'GB.2' }),
      hasNewPhone: false,
    })
  })

  it('without a new number makes the old one stale', () => {
    const move = moveIdentity(before, aliases({ userId: 'GB.2' }), owned(['ct_a', before]))
    expect(move).toMatchObject({ remove: [before[1]], hasNewPhone: false })
  })

  it('between two forms of one number keeps it', () => {
    const old = aliases({ phone: '551187654321' })
    expect(moveIdentity(old, aliases({ phone: '5511987654321' }), owned(['ct_a', old]))).toEqual({
      contactId: 'ct_a',
      remove: [],
      add: [],
      hasNewPhone: true,
    })
  })
})
