import { expect } from 'vitest'
import { demoDepartmentIds, demoPortal, demoZoho } from '../demo.ts'
import { SandboxClock } from '../shared/clock.ts'
import { createDesk } from './desk.ts'
import type { Desk, DeskOptions } from './desk.ts'
import { isObject } from './rest/input.ts'

export type Answer = { status: number; body: Record<string, unknown>; headers: Headers; text: string }

/** A double in memory with one caller; nothing listens, requests go straight to the app. */
export class DeskKit {
  readonly clock = new SandboxClock()
  readonly desk: Desk
  token = ''

  constructor(options: Partial<DeskOptions> = {}) {
    this.desk = createDesk({
      clock: this.clock,
      port: 4302,
      widgetOrigin: 'http://127.0.0.1:4304',
      workerOrigin: 'http://127.0.0.1:4301',
      manifest: () => ({}),
      localeFiles: () => ({}),
      ...options,
    })
  }

  /** A double whose caller holds an access token of the demo's administrator. */
  static async signedIn(options: Partial<DeskOptions> = {}): Promise<DeskKit> {
    const kit = new DeskKit(options)
    await kit.refresh()
    return kit
  }

  async refresh(refreshToken: string = demoZoho.refreshToken): Promise<Answer> {
    const answer = await this.post('/oauth/v2/token', {
      grant_type: 'refresh_token',
      client_id: demoZoho.clientId,
      client_secret: demoZoho.clientSecret,
      refresh_token: refreshToken,
    })
    if (typeof answer.body.access_token === 'string') this.token = answer.body.access_token
    return answer
  }

  /** Signs in on the consent page and exchanges the code. */
  async signIn(
    signer: { orgId: string; agentId: string },
    more: { scopes?: readonly string[]; accessType?: string; prompt?: string } = {},
  ): Promise<Answer> {
    const redirectUri = 'http://127.0.0.1:4301/oauth/callback'
    const decision = await this.post('/oauth/v2/auth/decision', {
      client_id: demoZoho.clientId,
      redirect_uri: redirectUri,
      scope: (more.scopes ?? demoZoho.scopes).join(','),
      access_type: more.accessType ?? 'offline',
      prompt: more.prompt ?? 'consent',
      signer: `${signer.orgId}/${signer.agentId}`,
      decision: 'accept',
    })
    const code = new URL(decision.headers.get('location') ?? '').searchParams.get('code') ?? ''
    const answer = await this.exchange(code, redirectUri)
    if (typeof answer.body.access_token === 'string') this.token = answer.body.access_token
    return answer
  }

  exchange(code: string, redirectUri: string): Promise<Answer> {
    return this.post('/oauth/v2/token', {
      grant_type: 'authorization_code',
      client_id: demoZoho.clientId,
      client_secret: demoZoho.clientSecret,
      code,
      redirect_uri: redirectUri,
    })
  }

  post(path: string, form: Record<string, string>): Promise<Answer> {
    return this.send(path, { method: 'POST', body: new URLSearchParams(form) })
  }

  control(path: string, body: unknown): Promise<Answer> {
    return this.send(`/__sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) })
  }

  /** A REST call with token and organisation; `headers` replace them. */
  api(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(`/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Zoho-oauthtoken ${this.token}`,
        orgId: demoPortal.orgId,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }

  upload(path: string, file: File | null): Promise<Answer> {
    const form = new FormData()
    if (file !== null) form.set('file', file)
    return this.send(`/api/v1${path}`, {
      method: 'POST',
      headers: { Authorization: `Zoho-oauthtoken ${this.token}`, orgId: demoPortal.orgId },
      body: form,
    })
  }

  /** A ticket of the demo's first contact in Support; answers its id. */
  async ticket(fields: Record<string, unknown> = {}): Promise<string> {
    const answer = await this.api('POST', '/tickets', {
      subject: 'Where is my parcel?',
      departmentId: demoDepartmentIds.support,
      contactId: demoPortal.contacts[0]?.id,
      ...fields,
    })
    if (typeof answer.body.id !== 'string') throw new Error(`no ticket: ${answer.text}`)
    return answer.body.id
  }

  async send(path: string, init: RequestInit): Promise<Answer> {
    const response = await this.desk.platform.app.request(`http://127.0.0.1:4302${path}`, init)
    const text = await response.text()
    const isJson = (response.headers.get('content-type') ?? '').includes('json') && text !== ''
    const parsed: unknown = isJson ? JSON.parse(text) : {}
    return { status: response.status, body: isObject(parsed) ? parsed : {}, headers: response.headers, text }
  }
}

/** The JSON Pointers and types of an INVALID_DATA answer, `/subject missing`. */
export function problems(answer: Answer): string[] {
  return objects(answer.body.errors).map((error) => `${String(error.fieldName)} ${String(error.errorType)}`)
}

/** `data` of a list; empty for 204. */
export function items(answer: Answer): Record<string, unknown>[] {
  return objects(answer.body.data)
}

/** Stands for any text in an expected value. */
export const anyText: unknown = expect.any(String)

/** Stands for a text of this shape in an expected value. */
export function textLike(pattern: RegExp): unknown {
  return expect.stringMatching(pattern)
}

function objects(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}
