import { describe, expect, it } from 'vitest'
import { isRoleEnough, isStillUsable, mustAskDesk, roleOf, visibleDepartments } from './sessions.model.ts'

const now = Date.parse('2026-11-22T10:00:00.000Z')
const hour = 60 * 60 * 1_000
const agent = { id: '601', name: 'Ken Mori', role: 'agent', departments: ['100'], isActive: true } as const

describe('asking Desk about an agent', () => {
  it.each([
    ['never seen', null, true],
    ['seen just now', { agent, checkedAt: now }, false],
    ['seen almost an hour ago', { agent, checkedAt: now - hour + 1 }, false],
    ['seen an hour ago', { agent, checkedAt: now - hour }, true],
    ['refused a moment ago', { agent: { ...agent, isActive: false }, checkedAt: now }, true],
  ])('%s', (_, known, expected) => {
    expect(mustAskDesk(known, now)).toBe(expected)
  })

  it('may be left out for 24 hours while Desk fails', () => {
    expect(isStillUsable(now - 24 * hour + 1, now)).toBe(true)
    expect(isStillUsable(now - 24 * hour, now)).toBe(false)
  })
})

it.each([
  ['Admin', 'admin'],
  ['Light', 'viewer'],
  ['AgentPublic', 'agent'],
  ['AgentPersonal', 'agent'],
  ['AgentTeamPersonal', 'agent'],
  ['Custom', 'agent'],
  ['', 'agent'],
])('%s is %s', (type, role) => {
  expect(roleOf(type)).toBe(role)
})

it('ranks roles', () => {
  const roles = ['viewer', 'agent', 'admin'] as const
  const table = roles.map((role) => roles.map((needed) => isRoleEnough(role, needed)))
  expect(table).toEqual([
    [true, false, false],
    [true, true, false],
    [true, true, true],
  ])
})

it('shows administrators every department and others their own', () => {
  expect(visibleDepartments({ role: 'admin', departments: ['100'] })).toBeNull()
  expect(visibleDepartments({ role: 'agent', departments: ['100'] })).toEqual(['100'])
  expect(visibleDepartments({ role: 'viewer', departments: [] })).toEqual([])
})
