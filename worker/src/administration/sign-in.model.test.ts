import { describe, expect, it } from 'vitest'
import { concurrencyOf, dataCentreOf, isTrustedOpener, problemOfFailure, problemOfPerson } from './sign-in.model.ts'

describe('the data centre of whoever signed in', () => {
  const known = ['US', 'EU', 'JP']
  it.each([
    [undefined, 'US', 'US'],
    ['', 'EU', 'EU'],
    ['us', 'EU', 'US'],
    ['jp', 'US', 'JP'],
    ['JP', 'US', 'JP'],
    ['xx', 'US', null],
    ['https://accounts.evil.example', 'US', null],
    [undefined, 'XX', null],
  ])('%j, asked for %s, is %j', (location, asked, expected) => {
    expect(dataCentreOf(location, asked, known)).toBe(expected)
  })
})

describe('the code is posted', () => {
  const deployed = { origins: ['https://kaiwa.example', 'https://desk.zoho.com'], isSandbox: false }
  const sandbox = { ...deployed, isSandbox: true }
  it.each([
    ['https://kaiwa.example', deployed, true],
    ['https://desk.zoho.com', deployed, true],
    ['https://a.b.sigmausercontent.com', deployed, true],
    ['https://kaiwa.example/', deployed, false],
    ['https://kaiwa.example:8443', deployed, false],
    ['https://desk.zoho.com.evil.example', deployed, false],
    ['https://sigmausercontent.com.evil.example', deployed, false],
    ['https://evilsigmausercontent.com', deployed, false],
    ['http://a.sigmausercontent.com', deployed, false],
    ['http://localhost:4304', deployed, false],
    ['http://localhost:4304', sandbox, true],
    ['http://127.0.0.1:4304', sandbox, true],
    ['http://127.0.0.1.evil.example', sandbox, false],
    ['null', sandbox, false],
    ['*', sandbox, false],
    ['', sandbox, false],
  ])('to %j of %o: %s', (origin, trusted, expected) => {
    expect(isTrustedOpener(origin, trusted)).toBe(expected)
  })
})

describe('a person', () => {
  const admin = { status: 'ACTIVE', rolePermissionType: 'Admin' }
  it.each([
    [admin, { isAdmin: true }, null],
    [admin, { isAdmin: null }, null],
    [admin, { isAdmin: false }, 'not_admin'],
    [admin, null, 'wrong_portal'],
    [{ ...admin, status: 'DISABLED' }, { isAdmin: true }, 'not_active'],
    [{ ...admin, status: '' }, { isAdmin: true }, 'not_active'],
    [{ ...admin, rolePermissionType: 'AgentPublic' }, { isAdmin: true }, 'not_admin'],
    [{ ...admin, rolePermissionType: 'Light' }, { isAdmin: null }, 'not_admin'],
    [{ ...admin, rolePermissionType: 'admin' }, { isAdmin: true }, 'not_admin'],
    [{ ...admin, rolePermissionType: '' }, { isAdmin: true }, 'not_admin'],
  ])('%o of %o: %s', (person, organisation, problem) => {
    expect(problemOfPerson(person, organisation)).toBe(problem)
  })

  it.each([
    [{ kind: 'forbidden', code: 'OAUTH_ORG_MISMATCH' }, 'wrong_portal'],
    [{ kind: 'forbidden', code: 'SCOPE_MISMATCH' }, 'unavailable'],
    [{ kind: 'gone' }, 'wrong_portal'],
    [{ kind: 'invalid', code: 'INVALID_DATA' }, 'wrong_portal'],
    [{ kind: 'server' }, 'unavailable'],
    [{ kind: 'lost' }, 'unavailable'],
    [{ kind: 'paused' }, 'unavailable'],
    [{ kind: 'token' }, 'unavailable'],
  ])('of whom Desk said %o: %s', (failure, problem) => {
    expect(problemOfFailure(failure)).toBe(problem)
  })
})

it.each([
  ['FREE', 5],
  ['EXPRESS', 10],
  ['STANDARD', 10],
  ['PROFESSIONAL', 15],
  ['ENTERPRISE', 25],
  ['ULTIMATE', 25],
  ['ZOHOONE', 25],
  ['CRMPLUS', 25],
  ['Something new', 5],
  [null, 5],
])('edition %s allows %i calls at once', (edition, calls) => {
  expect(concurrencyOf(edition)).toBe(calls)
})
