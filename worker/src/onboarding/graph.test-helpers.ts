import { z } from 'zod'
import type { NetworkHandler } from '../../test/network.ts'

const bodySchema = z.record(z.string(), z.unknown())
type Json = Record<string, unknown>

export type FakeNumber = Json & { id: string; wabaId: string }
export type FakeAccount = Json & { id: string }

const BOTH = ['whatsapp_business_management', 'whatsapp_business_messaging']

/**
 * Graph as far as setting up calls it: strict about tokens and codes, stateful about numbers. `lose` does the next call that fits and
 * loses its answer; `refuse` answers it with an error.
 */
export class FakeGraph {
  readonly codes = new Map<string, string>()
  readonly tokens = new Map<string, { wabaIds?: string[]; scopes?: string[]; appId?: string; reach: string[] }>()
  readonly accounts = new Map<string, FakeAccount>()
  readonly numbers = new Map<string, FakeNumber>()
  readonly calls: string[] = []
  readonly subscribed = new Set<string>()
  readonly overrides = new Map<string, string>()
  defaultCallback: string | null = 'https://kaiwa.test/webhooks/whatsapp'
  appSecrets: Record<string, string> = { 500100: 'test-app-secret' }
  sentCode = '482913'
  readonly #faults: { match: RegExp; kind: 'lose' | 'refuse' | 'drop'; error?: Json; times: number }[] = []

  addAccount(id: string, more: Json = {}): void {
    this.accounts.set(id, {
      id,
      name: `Account ${id}`,
      account_review_status: 'PENDING',
      business_verification_status: 'unverified',
      owner_business_info: { id: '600100', name: 'Example Parcels' },
      primary_funding_id: '0',
      ...more,
    })
  }

  addNumber(id: string, wabaId: string, more: Json = {}): void {
    this.numbers.set(id, {
      id,
      wabaId,
      display_phone_number: `+44 20 7946 ${id.slice(-4)}`,
      verified_name: 'Example Parcels',
      code_verification_status: 'NOT_VERIFIED',
      status: 'PENDING',
      name_status: 'PENDING_REVIEW',
      is_on_biz_app: false,
      ...more,
    })
  }

  grant(token: string, reach: string[], more: { wabaIds?: string[]; scopes?: string[]; appId?: string } = {}): void {
    this.tokens.set(token, { reach, ...more })
  }

  lose(match: RegExp): void {
    this.#faults.push({ match, kind: 'lose', times: 1 })
  }

  /** Nothing is done, and nothing answers. */
  drop(match: RegExp, times = 1): void {
    this.#faults.push({ match, kind: 'drop', times })
  }

  refuse(match: RegExp, code: number, details = 'Refused on purpose.', times = 1): void {
    this.#faults.push({ match, kind: 'refuse', error: { code, message: details, error_data: { details } }, times })
  }

  readonly handle: NetworkHandler = (request, url) =>
    url.hostname === 'graph.facebook.com' ? this.#take(request, url) : undefined

  async #take(request: Request, url: URL): Promise<Response> {
    const path = url.pathname.replace(/^\/v\d+\.0\//, '')
    const name = `${request.method} ${path}`
    this.calls.push(name)
    const fault = this.#faults.find(({ match, times }) => times > 0 && match.test(name))
    if (fault !== undefined) fault.times -= 1
    if (fault?.kind === 'refuse') return Response.json({ error: fault.error }, { status: 400 })
    if (fault?.kind === 'drop') throw new TypeError('Network connection lost.')
    const text = await request.text()
    const body = text === '' ? {} : bodySchema.parse(JSON.parse(text))
    const answer = this.#answer(request, url, path, body)
    if (fault?.kind === 'lose') throw new TypeError('Network connection lost.')
    return answer
  }

  count(match: RegExp): number {
    return this.calls.filter((name) => match.test(name)).length
  }

  #answer(request: Request, url: URL, path: string, body: Json): Response {
    const bearer = (request.headers.get('authorization') ?? '').replace('Bearer ', '')
    if (path === 'oauth/access_token') return this.#exchange(url.searchParams)
    const [appId = '', secret = ''] = bearer.split('|')
    const isApp = secret !== '' && this.appSecrets[appId] === secret
    if (path === 'debug_token') {
      return isApp ? this.#debug(url.searchParams.get('input_token') ?? '') : error(190, 'Invalid OAuth access token.')
    }
    if (path.endsWith('/subscriptions')) {
      const data =
        this.defaultCallback === null
          ? []
          : [{ object: 'whatsapp_business_account', callback_url: this.defaultCallback }]
      return isApp ? Response.json({ data }) : error(190, 'Invalid OAuth access token.')
    }
    const token = this.tokens.get(bearer)
    if (token === undefined) return error(190, 'Invalid OAuth access token.')
    const [id = '', edge = ''] = path.split('/')
    if (edge === 'system_user_access_tokens') return this.#customerToken(id)
    const wabaId = this.numbers.get(id)?.wabaId ?? id
    if (!token.reach.includes(wabaId)) return error(100, 'Unsupported get request. Object does not exist.', 33)
    return this.#edge(`${request.method} ${edge}`, id, body, url.searchParams)
  }

  #exchange(query: URLSearchParams): Response {
    const code = query.get('code') ?? ''
    const token = this.codes.get(code)
    this.codes.delete(code)
    if (query.get('client_secret') !== this.appSecrets['500100']) return error(101, 'Error validating application.')
    return token === undefined
      ? error(100, 'This authorization code has been used.')
      : Response.json({ access_token: token })
  }

  #debug(token: string): Response {
    const known = this.tokens.get(token)
    if (known === undefined) return Response.json({ data: { is_valid: false } })
    const scope = { scope: BOTH[0], ...(known.wabaIds === undefined ? {} : { target_ids: known.wabaIds }) }
    return Response.json({
      data: { app_id: known.appId ?? '500100', expires_at: 0, scopes: known.scopes ?? BOTH, granular_scopes: [scope] },
    })
  }

  #customerToken(businessId: string): Response {
    const found = [...this.tokens.keys()].find((token) => token === `customer-${businessId}`)
    return found === undefined ? error(200, 'No permission.') : Response.json({ access_token: found })
  }

  #edge(name: string, id: string, body: Json, query: URLSearchParams): Response {
    const number = this.numbers.get(id)
    switch (name) {
      case 'GET ':
        return this.accounts.has(id) || number !== undefined
          ? Response.json(this.accounts.get(id) ?? number)
          : error(100, 'Unsupported get request.', 33)
      case 'POST ':
        if (query.has('new_display_name'))
          Object.assign(number ?? {}, { new_display_name: query.get('new_display_name') })
        return Response.json({ success: true })
      case 'GET phone_numbers':
        return Response.json({ data: [...this.numbers.values()].filter(({ wabaId }) => wabaId === id) })
      case 'POST phone_numbers':
        return this.#add(id, body)
      case 'GET subscribed_apps':
        return Response.json({
          data: this.subscribed.has(id) ? [{ whatsapp_business_api_data: { id: '500100' } }] : [],
        })
      case 'POST subscribed_apps':
        return this.#subscribe(id, body)
      case 'DELETE subscribed_apps':
        this.subscribed.delete(id)
        return Response.json({ success: true })
      case 'POST request_code':
        return number?.['code_verification_status'] === 'VERIFIED'
          ? error(136024, 'The phone number has already been verified.')
          : Response.json({ success: true })
      case 'POST verify_code':
        if (body['code'] !== this.sentCode) return error(136025, 'The code is not correct.')
        Object.assign(number ?? {}, { code_verification_status: 'VERIFIED' })
        return Response.json({ success: true, id })
      case 'POST register':
        return this.#register(number, String(body['pin']))
      case 'POST whatsapp_business_profile':
        Object.assign(number ?? {}, { profile: body })
        return Response.json({ success: true })
      case 'GET whatsapp_business_profile':
        return Response.json({ data: [number?.['profile'] ?? {}] })
      case 'POST smb_app_data':
        return Response.json({ messaging_product: 'whatsapp', request_id: 'r1' })
      default:
        return error(100, `Unsupported ${name}`)
    }
  }

  #add(wabaId: string, body: Json): Response {
    const digits = `${String(body['cc'])}${String(body['phone_number'])}`.replaceAll(/\D/g, '')
    const twin = [...this.numbers.values()].find(
      (one) => String(one['display_phone_number']).replaceAll(/\D/g, '') === digits,
    )
    if (twin !== undefined && (twin.wabaId === wabaId || body['migrate_phone_number'] !== true))
      return error(100, 'The phone number is already registered with a WhatsApp Business account')
    const id = `8${String(this.numbers.size + 1).padStart(5, '0')}`
    this.addNumber(id, wabaId, { display_phone_number: `+${digits}`, verified_name: body['verified_name'] ?? null })
    return Response.json({ id })
  }

  #subscribe(wabaId: string, body: Json): Response {
    if (body['override_callback_uri'] === undefined) this.subscribed.add(wabaId)
    else if (!this.subscribed.has(wabaId) || this.defaultCallback === null)
      return error(100, 'Before override the current callback uri, your app must be subscribed.')
    else this.overrides.set(wabaId, z.string().parse(body['override_callback_uri']))
    return Response.json({ success: true })
  }

  #register(number: FakeNumber | undefined, pin: string): Response {
    if (number === undefined || number['code_verification_status'] !== 'VERIFIED')
      return error(133006, 'The phone number is not verified.')
    if (number['pin'] !== undefined && number['pin'] !== pin) return error(133005, 'The PIN is not correct.')
    Object.assign(number, { pin, status: 'CONNECTED' })
    return Response.json({ success: true })
  }
}

function error(code: number, message: string, subcode?: number): Response {
  const facts = { code, message, ...(subcode === undefined ? {} : { error_subcode: subcode }) }
  return Response.json({ error: facts }, { status: 400 })
}
