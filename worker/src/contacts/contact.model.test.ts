import { describe, expect, it } from 'vitest'
import type { PersonFacts } from './contact.model.ts'
import { isKnownAs, learn, move, newContact, searchText } from './contact.model.ts'
import { aliasesOf } from './identity.model.ts'

const P = '600100'
const person = (facts: Partial<PersonFacts>): PersonFacts => ({
  parentUserId: null,
  userId: null,
  phone: null,
  name: null,
  username: null,
  ...facts,
})
const own = (facts: Partial<PersonFacts>) => aliasesOf(person(facts), P)

describe('a new contact', () => {
  it.each([
    ['the profile name', { name: 'Ana', phone: '447700900123' }, 'Ana', 'profile'],
    ['the phone number', { phone: '447700900123', username: 'ana' }, '+447700900123', 'phone'],
    ['the user name', { userId: 'GB.1', username: 'ana' }, 'ana', 'username'],
    ['the user id', { userId: 'GB.1' }, 'GB.1', 'user_id'],
    ['the parent user id', { parentUserId: 'GB.ENT.1' }, 'GB.ENT.1', 'user_id'],
  ])('is called by %s', (_name, facts, name, nameSource) => {
    expect(newContact('ct_1', person(facts), P)).toMatchObject({ name, nameSource })
  })
})

describe('a contact learns', () => {
  const known = newContact('ct_1', person({ phone: '447700900123' }), P)

  it('a profile name while it is only called by its number', () => {
    expect(
      learn(known, person({ phone: '447700900123', name: 'Ana' }), own({ phone: '447700900123' }), P),
    ).toMatchObject({
      name: 'Ana',
      nameSource: 'profile',
    })
  })

  it('no other name once it has one', () => {
    const named = { ...known, name: 'Ms Ana Ito', nameSource: 'desk' }
    expect(learn(named, person({ name: 'ana!!' }), own({ phone: '447700900123' }), P)).toBe(null)
  })

  it('a user id and a phone number that are its own', () => {
    const facts = { userId: 'GB.1', phone: '447700900123' }
    expect(learn(known, person(facts), own(facts), P)).toMatchObject({ userId: 'GB.1', portfolioId: P })
  })

  it('no phone number that is another contact’s', () => {
    const withoutPhone = newContact('ct_2', person({ userId: 'GB.1', name: 'B' }), P)
    expect(learn(withoutPhone, person({ userId: 'GB.1', phone: '447700900123' }), own({ userId: 'GB.1' }), P)).toBe(
      null,
    )
  })

  it('no user id of another portfolio over its own', () => {
    const facts = { userId: 'GB.1', phone: '447700900123', name: 'A' }
    const contact = newContact('ct_1', person(facts), P)
    const other = person({ userId: 'GB.9', phone: '447700900123' })
    expect(learn(contact, other, aliasesOf(other, '600900'), '600900')).toBe(null)
  })
})

it('moves to a new number and is renamed while it has no other name', () => {
  const contact = newContact('ct_1', person({ phone: '447700900123', userId: 'GB.1' }), P)
  expect(move(contact, { phone: '447700900456', userId: 'GB.2' }, P)).toMatchObject({
    phone: '+447700900456',
    userId: 'GB.2',
    name: '+447700900456',
  })
  expect(move(contact, { phone: null, userId: 'GB.2' }, P)).toMatchObject({ phone: null, name: 'GB.2' })
})

it('knows under which names it is already known', () => {
  const contact = newContact('ct_1', person({ phone: '551187654321', userId: 'BR.1' }), P)
  for (const alias of own({ phone: '5511987654321', userId: 'BR.1' })) expect(isKnownAs(contact, alias)).toBe(true)
  for (const alias of own({ phone: '5511987654322', userId: 'BR.2', parentUserId: 'BR.ENT.1' })) {
    expect(isKnownAs(contact, alias)).toBe(false)
  }
})

it('is found by its name, its ids and every form of its number', () => {
  const body = searchText(newContact('ct_1', person({ phone: '551187654321', name: 'Ana', username: 'ana.ito' }), P))
  for (const part of ['Ana', 'ana.ito', '+551187654321', '5511987654321']) expect(body).toContain(part)
})
