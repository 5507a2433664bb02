import { demoDepartmentIds, demoPortal, demoZoho } from '../../sandbox/demo.ts'
import { createDesk } from '../../sandbox/desk/desk.ts'
import type { Desk } from '../../sandbox/desk/desk.ts'
import { SandboxClock } from '../../sandbox/shared/clock.ts'
import { isObject } from '../contract/json.ts'
import type { JsonObject } from '../contract/json.ts'
import type { JournalEntry } from '../contracts.ts'

export type DeskAnswer = { status: number; body: JsonObject; text: string }

const DESK = 'http://127.0.0.1:4302'
const WORKER = 'http://127.0.0.1:4301'

/** Moving things to the bin needs more than the product asks for. */
const SCOPES = [...demoZoho.scopes, 'Desk.tickets.DELETE', 'Desk.contacts.DELETE']

/** Calls a Desk double in memory as the demo's administrator; nothing listens. */
export class DeskCaller {
  readonly #desk: Desk
  #token = ''

  constructor() {
    this.#desk = createDesk({
      clock: new SandboxClock(),
      port: 4302,
      widgetOrigin: 'http://127.0.0.1:4304',
      workerOrigin: WORKER,
      manifest: () => ({}),
      localeFiles: () => ({}),
    })
  }

  /** What the double received since the last call of this. */
  takeJournal(): JournalEntry[] {
    const entries = [...this.#desk.platform.journal.list()]
    this.#desk.platform.journal.clear()
    return entries
  }

  /** The whole way of OAuth: consent, code, token. */
  async signIn(agentId: string): Promise<void> {
    const client = { client_id: demoZoho.clientId, redirect_uri: `${WORKER}/oauth/callback` }
    const asked = { scope: SCOPES.join(','), access_type: 'offline', prompt: 'consent' }
    const signer = { signer: `${demoPortal.orgId}/${agentId}`, decision: 'accept' }
    const consent = await this.#form('/oauth/v2/auth/decision', { ...client, ...asked, ...signer })
    const code = new URL(consent.headers.get('location') ?? '').searchParams.get('code') ?? ''
    const grant = { grant_type: 'authorization_code', client_secret: demoZoho.clientSecret, code }
    const answer: unknown = await (await this.#form('/oauth/v2/token', { ...client, ...grant })).json()
    this.#token = isObject(answer) ? String(answer['access_token']) : ''
  }

  /** A REST call with token and organisation; `headers` replace them. */
  api(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<DeskAnswer> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' }
    return this.send(`/api/v1${path}`, {
      method,
      headers: { ...this.#credentials(), ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }

  upload(path: string, file: File | undefined): Promise<DeskAnswer> {
    const body = new FormData()
    if (file !== undefined) body.set('file', file)
    return this.send(`/api/v1${path}`, { method: 'POST', headers: this.#credentials(), body })
  }

  /** A ticket of the demo's first contact in Support; its id. */
  async ticket(fields: JsonObject = {}): Promise<string> {
    const answer = await this.api('POST', '/tickets', {
      subject: 'Where is my parcel?',
      departmentId: demoDepartmentIds.support,
      contactId: demoPortal.contacts[0]?.id,
      ...fields,
    })
    return idOf(answer)
  }

  async settings(change: JsonObject): Promise<void> {
    await this.send('/__sandbox/settings', { method: 'POST', body: JSON.stringify(change) })
  }

  async send(path: string, init: RequestInit): Promise<DeskAnswer> {
    const response = await this.#desk.platform.app.request(`${DESK}${path}`, init)
    const text = await response.text()
    const isJson = (response.headers.get('content-type') ?? '').includes('json') && text !== ''
    const body: unknown = isJson ? JSON.parse(text) : {}
    return { status: response.status, body: isObject(body) ? body : {}, text }
  }

  #credentials(): Record<string, string> {
    return { authorization: `Zoho-oauthtoken ${this.#token}`, orgId: demoPortal.orgId }
  }

  async #form(path: string, fields: Record<string, string>): Promise<Response> {
    return this.#desk.platform.app.request(`${DESK}${path}`, { method: 'POST', body: new URLSearchParams(fields) })
  }
}

/** The id in an answer. Throws when there is none. */
export function idOf({ body, text }: DeskAnswer): string {
  if (typeof body['id'] !== 'string') throw new Error(`no id: ${text}`)
  return body['id']
}
