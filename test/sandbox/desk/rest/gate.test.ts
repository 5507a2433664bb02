import { describe, expect, it } from 'vitest'
import { demoAgentIds, demoPortal, demoZoho, otherPortal } from '../../demo.ts'
import { DeskKit, items } from '../testkit.ts'

const ana = { orgId: demoPortal.orgId, agentId: demoAgentIds.ana }

describe('who may call', () => {
  it('refuses a call without Authorization', async () => {
    const answer = await new DeskKit().send('/api/v1/myinfo', { headers: { orgId: demoPortal.orgId } })
    expect([answer.status, answer.body.errorCode]).toEqual([401, 'UNAUTHORIZED'])
  })

  it.each(['Bearer abc', 'Zoho-oauthtoken unknown', 'Zoho-oauthtoken'])('refuses the token "%s"', async (value) => {
    const answer = await new DeskKit().api('GET', '/myinfo', undefined, { Authorization: value })
    expect([answer.status, answer.body.errorCode]).toEqual([401, 'INVALID_OAUTH'])
  })

  it('refuses a call without orgId, with a wrong one, and with another organisation’s', async () => {
    const kit = await DeskKit.signedIn()
    const headers = { Authorization: `Zoho-oauthtoken ${kit.token}` }
    expect((await kit.send('/api/v1/myinfo', { headers })).body.errorCode).toBe('UNPROCESSABLE_ENTITY')
    expect((await kit.api('GET', '/myinfo', undefined, { orgId: 'abc' })).body.errorCode).toBe('UNPROCESSABLE_ENTITY')
    const other = await kit.api('GET', '/myinfo', undefined, { orgId: otherPortal.orgId })
    expect([other.status, other.body.errorCode]).toEqual([403, 'OAUTH_ORG_MISMATCH'])
  })

  it('gives organisations without orgId, only the one the token is bound to', async () => {
    const kit = await DeskKit.signedIn()
    const headers = { Authorization: `Zoho-oauthtoken ${kit.token}` }
    for (const path of ['/api/v1/organizations', '/api/v1/accessibleOrganizations']) {
      const answer = await kit.send(path, { headers })
      expect(items(answer).map((entry) => entry.id)).toEqual([demoPortal.orgId])
    }
    expect((await kit.api('GET', `/organizations/${otherPortal.orgId}`)).status).toBe(404)
  })

  it('refuses what the scopes do not hold, and takes .ALL for every operation', async () => {
    const kit = new DeskKit()
    await kit.signIn(ana, { scopes: ['Desk.tickets.READ'] })
    const refused = await kit.api('POST', '/tickets', {})
    expect([refused.status, refused.body.errorCode]).toEqual([403, 'SCOPE_MISMATCH'])
    await kit.signIn(ana, { scopes: ['desk.tickets.all'] })
    expect((await kit.api('GET', '/tickets')).status).toBe(204)
    expect((await kit.api('POST', '/tickets', {})).body.errorCode).toBe('INVALID_DATA')
  })

  it('refuses the token of an agent who was disabled', async () => {
    const kit = await DeskKit.signedIn()
    await kit.control('agents', { ...ana, status: 'DISABLED' })
    expect((await kit.api('GET', '/myinfo')).body.errorCode).toBe('UNAUTHORIZED')
  })
})

describe('addresses and parameters', () => {
  it('answers 404 for an unknown path and 405 for another method', async () => {
    const kit = await DeskKit.signedIn()
    expect((await kit.api('GET', '/nothing')).body.errorCode).toBe('URL_NOT_FOUND')
    expect((await kit.api('DELETE', '/myinfo')).body.errorCode).toBe('METHOD_NOT_ALLOWED')
  })

  it.each([
    '/tickets?sortOrder=asc',
    '/tickets?limit=100',
    '/tickets?limit=abc',
    '/tickets?sortBy=subject',
    '/tickets?receivedInDays=7',
    '/agents?limit=5',
    '/agents?status=GONE',
    '/departments?limit=201',
    '/contacts/search?from=1000&_all=abc',
    '/contacts/search?_all=ab',
    `/contacts/search?phone=${Array.from({ length: 31 }, (_, index) => index).join(',')}`,
    '/tickets/search?from=5000',
    '/tickets/search?createdTimeRange=yesterday',
    '/businessHours?limit=51',
  ])('refuses GET %s', async (path) => {
    const answer = await (await DeskKit.signedIn()).api('GET', path)
    expect([answer.status, answer.body.errorCode]).toEqual([422, 'UNPROCESSABLE_ENTITY'])
  })

  it('refuses bodies that are no JSON object, of another type, or empty', async () => {
    const kit = await DeskKit.signedIn()
    const send = (body: string, type = 'application/json') =>
      kit.send('/api/v1/tickets', {
        method: 'POST',
        body,
        headers: { Authorization: `Zoho-oauthtoken ${kit.token}`, orgId: demoPortal.orgId, 'content-type': type },
      })
    expect((await send('{')).body.errorCode).toBe('BAD_REQUEST')
    expect((await send('[]')).body.errorCode).toBe('BAD_REQUEST')
    expect((await send('')).body.errorCode).toBe('EMPTY_PAYLOAD')
    const asForm = await send('subject=x', 'application/x-www-form-urlencoded')
    expect([asForm.status, asForm.body.errorCode]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
  })
})

describe('credits', () => {
  it('cost 1 for a record, 3 for a list, 6 for a deletion, half a record in bulk', async () => {
    const kit = await DeskKit.signedIn()
    await kit.signIn(ana, { scopes: ['Desk.tickets.ALL', 'Desk.basic.ALL', 'Desk.settings.ALL', 'Desk.search.READ'] })
    const ids = [await kit.ticket(), await kit.ticket(), await kit.ticket()]
    const weight = async (method: string, path: string, body?: unknown) =>
      (await kit.api(method, path, body)).headers.get('X-Rate-Limit-Request-Weight-v3')
    expect(await weight('GET', '/myinfo')).toBe('1')
    expect(await weight('GET', '/agents')).toBe('3')
    expect(await weight('GET', '/tickets?from=2001')).toBe('5')
    expect(await weight('GET', '/tickets/search?from=4500')).toBe('50')
    expect(await weight('POST', '/closeTickets', { ids })).toBe('2')
    expect(await weight('POST', '/tickets/moveToTrash', { ticketIds: ids })).toBe('6')
  })

  it('count down to THRESHOLD_EXCEEDED with Retry-After, and come back the next day', async () => {
    const kit = await DeskKit.signedIn()
    await kit.control('settings', { creditsPerDay: 4 })
    const first = await kit.api('GET', '/agents')
    expect(first.headers.get('X-Rate-Limit-Remaining-v3')).toBe('1')
    const refused = await kit.api('GET', '/agents')
    expect([refused.status, refused.body.errorCode]).toEqual([429, 'THRESHOLD_EXCEEDED'])
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
    expect((await kit.api('GET', '/myinfo')).status).toBe(200)
    kit.clock.advance(Number(refused.headers.get('Retry-After')) * 1_000)
    await kit.refresh()
    expect((await kit.api('GET', '/agents')).status).toBe(200)
  })

  it('depend on the edition and leave light and disabled agents out', async () => {
    const kit = await DeskKit.signedIn()
    const remaining = async () => (await kit.api('GET', '/myinfo')).headers.get('X-Rate-Limit-Remaining-v3')
    expect(await remaining()).toBe(String(103_000 - 1))
    await kit.control('settings', { edition: 'FREE' })
    expect(await remaining()).toBe(String(5_000 - 2))
  })

  it('are not used by refused tokens', async () => {
    const kit = await DeskKit.signedIn()
    await kit.api('GET', '/myinfo', undefined, { Authorization: 'Zoho-oauthtoken x' })
    expect(kit.desk.state.portals[demoPortal.orgId]?.credits.used).toBe(0)
  })
})

describe('concurrency', () => {
  it('refuses the call too many without Retry-After, delays of faults included', async () => {
    const kit = await DeskKit.signedIn()
    await kit.control('settings', { concurrency: 2 })
    await kit.control('faults', { match: '/api/v1/agents', kind: 'delay', delayMs: 50 })
    const answers = await Promise.all([kit.api('GET', '/agents'), kit.api('GET', '/agents'), kit.api('GET', '/myinfo')])
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 429])
    expect(answers[2]?.body.errorCode).toBe('TOO_MANY_REQUESTS')
    expect(answers[2]?.headers.has('Retry-After')).toBe(false)
    expect((await kit.api('GET', '/myinfo')).status).toBe(200)
  })

  it('counts calls that take their time', async () => {
    const kit = await DeskKit.signedIn()
    await kit.control('settings', { concurrency: 1, latencyMs: 30 })
    const answers = await Promise.all([kit.api('GET', '/myinfo'), kit.api('GET', '/myinfo')])
    expect(answers.map((answer) => answer.status).toSorted((left, right) => left - right)).toEqual([200, 429])
  })
})

describe('control', () => {
  it.each([{ unknown: 1 }, { concurrency: 'many' }, { proxyBody: 'xml' }, { customFields: 'cf_x' }])(
    'refuses the settings %o',
    async (changes) => {
      expect((await new DeskKit().control('settings', changes)).status).toBe(400)
    },
  )

  it('keeps secrets out of state and journal', async () => {
    const kit = await DeskKit.signedIn()
    await kit.api('GET', '/myinfo')
    const state = await kit.send('/__sandbox/state', {})
    expect(state.text).not.toContain(kit.token)
    expect(state.text).not.toContain(demoZoho.refreshToken)
    const journal = await kit.send('/__sandbox/journal', {})
    for (const secret of [kit.token, demoZoho.refreshToken, demoZoho.clientSecret]) {
      expect(journal.text).not.toContain(secret)
    }
    const last = (JSON.parse(journal.text) as { path: string; headers: Record<string, string> }[]).at(-1)
    expect(last?.path).toBe('/api/v1/myinfo')
    expect(last?.headers.authorization).not.toContain(kit.token)
  })

  it('moves the clock of all that share it', async () => {
    const kit = await DeskKit.signedIn()
    await kit.control('clock', { advanceMs: 3_600_000 })
    expect((await kit.api('GET', '/myinfo')).body.errorCode).toBe('INVALID_OAUTH')
  })
})
