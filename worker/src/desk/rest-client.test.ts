import { describe, expect, it } from 'vitest'
import { strictNetwork } from '../../test/network.ts'
import { deskCalls } from './calls.ts'
import { exchangeCode, refreshAccessToken } from './oauth.ts'
import { performCall } from './rest-client.ts'

const network = strictNetwork()
const session = { origin: 'https://desk.zoho.com', portalId: '60000001', accessToken: '1000.access' }
const NOW = 0

describe('a call', () => {
  it('carries token and organisation, and gives the value and its price', async () => {
    network.handle(() =>
      Response.json(
        {
          id: '1',
          ticketNumber: 101,
          departmentId: '2',
          status: 'Pending',
          statusType: 'On Hold',
          isSpam: 'true',
          new: 1,
        },
        { headers: { 'x-rate-limit-request-weight-v3': '1', 'x-rate-limit-remaining-v3': '4711' } },
      ),
    )
    const { result, usage } = await performCall(session, deskCalls.getTicket('1'), NOW)
    const [request] = network.requests
    expect(request?.url).toBe('https://desk.zoho.com/api/v1/tickets/1')
    expect(request?.headers.get('authorization')).toBe('Zoho-oauthtoken 1000.access')
    expect(request?.headers.get('orgId')).toBe('60000001')
    expect(result).toMatchObject({
      ok: true,
      value: { ticketNumber: '101', statusType: 'on_hold', isSpam: true, closedAt: null },
    })
    expect(usage).toEqual({ status: 200, errorCode: '', creditsUsed: 1, creditsLeft: 4711 })
  })

  it('reads an empty list, which has no body', async () => {
    network.handle(() => new Response(null, { status: 204 }))
    expect((await performCall(session, deskCalls.listComments('1', 20), NOW)).result).toEqual({ ok: true, value: [] })
  })

  it('searches one field for several values in one call', async () => {
    network.handle(() => Response.json({ data: [{ id: 1, isTrashed: true }, { id: 2 }] }))
    const search = deskCalls.searchContacts({ field: 'mobile', values: ['+44 20', '4420'] })
    const { result } = await performCall(session, search, NOW)
    expect(new URL(network.requests[0]?.url ?? '').searchParams.get('mobile')).toBe('+44 20,4420')
    expect(result).toMatchObject({ ok: true, value: [{ id: '2' }] })
  })

  it('counts an answer that cannot be read as lost', async () => {
    network.handle(() => new Response('<html>maintenance</html>'))
    const { result } = await performCall(session, deskCalls.getTicket('1'), NOW)
    expect(result).toMatchObject({ ok: false, error: { kind: 'lost' } })
  })

  it('counts no answer at all as lost', async () => {
    network.handle(() => {
      throw new TypeError('Network connection lost.')
    })
    const { result, usage } = await performCall(session, deskCalls.getTicket('1'), NOW)
    expect(result).toMatchObject({ ok: false, error: { kind: 'lost' } })
    expect(usage.status).toBe(0)
  })
})

describe('an upload', () => {
  const bytes = new TextEncoder().encode('%PDF-1.7 \r\n--content--')
  const file = {
    name: 'order "7".pdf',
    type: 'application/pdf',
    size: bytes.length,
    open: async () => new Blob([bytes]).stream(),
  }

  it('streams the file as one form part of known length', async () => {
    const seen: Array<{ name: string; type: string; text: string }> = []
    network.handle(async (request) => {
      const part = (await request.formData()).get('file')
      if (part instanceof File) seen.push({ name: part.name, type: part.type, text: await part.text() })
      return Response.json({ id: '77', name: 'order.pdf', size: '22' })
    })
    const { result } = await performCall(session, deskCalls.upload(file), NOW)
    expect(result).toEqual({ ok: true, value: { id: '77' } })
    expect(seen).toEqual([{ name: "order '7'.pdf", type: 'application/pdf', text: '%PDF-1.7 \r\n--content--' }])
  })

  it('of a file that is gone asks nothing', async () => {
    const { result } = await performCall(session, deskCalls.upload({ ...file, open: async () => null }), NOW)
    expect(result).toMatchObject({ ok: false, error: { kind: 'invalid', code: 'FILE_GONE' } })
    expect(network.requests).toEqual([])
  })
})

describe('the token endpoint', () => {
  const client = { accountsOrigin: 'https://accounts.zoho.eu', clientId: '1000.TEST', clientSecret: 'secret' }

  it('gives an access token for a refresh token, and keeps secrets out of the address', async () => {
    network.handle(async (request) => {
      expect(Object.fromEntries(await request.formData())).toEqual({
        grant_type: 'refresh_token',
        refresh_token: '1000.refresh',
        client_id: '1000.TEST',
        client_secret: 'secret',
      })
      return Response.json({ access_token: '1000.new', expires_in: 3600, api_domain: 'https://www.zohoapis.com' })
    })
    const answer = await refreshAccessToken(client, '1000.refresh')
    expect(answer).toEqual({ ok: true, value: { accessToken: '1000.new', expiresInMs: 3_600_000 } })
    expect(network.requests[0]?.url).toBe('https://accounts.zoho.eu/oauth/v2/token')
  })

  it.each([
    [200, { error: 'invalid_code' }, 'revoked'],
    [400, { error: 'invalid_grant' }, 'revoked'],
    [400, { error: 'Access Denied', status: 'failure' }, 'throttled'],
    [200, { error: 'invalid_client' }, 'misconfigured'],
    [500, 'oops', 'unavailable'],
    [200, { error: 'something_new' }, 'unavailable'],
  ])('that answers %i %j has refused as %s', async (status, body, kind) => {
    network.handle(() => Response.json(body, { status }))
    expect(await refreshAccessToken(client, '1000.refresh')).toMatchObject({ ok: false, error: { kind } })
  })

  it('gives both tokens for a code', async () => {
    network.handle(() => Response.json({ access_token: 'a', refresh_token: 'r', expires_in: 3600 }))
    const answer = await exchangeCode(client, { code: 'c', redirectUri: 'https://kaiwa.test/callback' })
    expect(answer).toEqual({ ok: true, value: { accessToken: 'a', refreshToken: 'r', expiresInMs: 3_600_000 } })
  })
})
