import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { expect } from 'vitest'
import { eventually } from '../../support/wait.ts'
import { demoMeta } from '../demo.ts'
import { SandboxClock } from '../shared/clock.ts'
import { createMeta } from './meta.ts'
import type { Meta, MetaOptions } from './meta.ts'
import { isJson } from './state.ts'
import type { Json } from './state.ts'

export type Answer = { status: number; body: Json; headers: Headers; text: string }
export type Hook = { raw: string; body: Json; signature: string; status: number }

export const customer = '+447700900123'
export const customerDigits = '447700900123'

/** Matchers as plain unknown values, so that expected objects hold nothing untyped. */
export const aString: unknown = expect.any(String)
export const aNumber: unknown = expect.any(Number)
export const anything: unknown = expect.anything()
export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern)
export const containing = (part: string): unknown => expect.stringContaining(part)
export const including = (items: readonly unknown[]): unknown => expect.arrayContaining([...items])

const challengeOf = /[?&]hub\.challenge=(\d+)/

/** A double in memory whose webhooks go to a server that keeps them. Graph calls go straight to the app. */
export class MetaKit {
  readonly clock = new SandboxClock()
  readonly hooks: Hook[] = []
  /** Verification requests, as query strings. */
  readonly verifications: string[] = []
  /** What the receiver answers next, 200 when empty. */
  readonly answers: number[] = []
  readonly meta: Meta
  readonly origin: string
  readonly #server: Server

  private constructor(server: Server, options: Partial<MetaOptions>) {
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    this.#server = server
    this.origin = `http://127.0.0.1:${port}`
    this.meta = createMeta({
      clock: this.clock,
      port: 4303,
      webhookUrl: `${this.origin}/webhooks/whatsapp`,
      appSecret: demoMeta.appSecret,
      verifyToken: demoMeta.verifyToken,
      ...options,
    })
    Object.assign(this.meta.deps.world.settings, { sentDelayMs: 0, deliveredDelayMs: 0, readDelayMs: 0 })
    server.on('request', (request: IncomingMessage, response) => {
      void this.#receive(request, response)
    })
  }

  static async start(options: Partial<MetaOptions> = {}): Promise<MetaKit> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new MetaKit(server, options)
  }

  async stop(): Promise<void> {
    this.meta.stop()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.statusCode = this.#answer(request, await textOf(request))
    response.end(challengeOf.exec(request.url ?? '')?.[1] ?? '')
  }

  #answer(request: IncomingMessage, raw: string): number {
    const status = this.answers.shift() ?? 200
    if (request.method === 'GET') this.verifications.push(request.url ?? '')
    else {
      const body: unknown = JSON.parse(raw)
      const signature = String(request.headers['x-hub-signature-256'])
      if (isJson(body)) this.hooks.push({ raw, body, signature, status })
    }
    return status
  }

  /** A Graph call of the demo's token; null as the body sends none. */
  async graph(method: string, path: string, body?: object | null, token: string = demoMeta.token): Promise<Answer> {
    return this.request(method, `/v25.0/${path}`, body, token)
  }

  async request(method: string, path: string, body?: object | null, token?: string): Promise<Answer> {
    const isForm = body instanceof FormData
    const response = await this.meta.platform.app.request(path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(isForm || body === undefined || body === null ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined || body === null ? {} : { body: isForm ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const parsed: unknown = (response.headers.get('content-type') ?? '').startsWith('application/json')
      ? JSON.parse(text)
      : {}
    return {
      status: response.status,
      body: isJson(parsed) ? parsed : { list: parsed },
      headers: response.headers,
      text,
    }
  }

  /** Sends a message from the demo's number; text to the customer unless told. */
  send(message: object = {}): Promise<Answer> {
    const standard = { messaging_product: 'whatsapp', to: customer, type: 'text', text: { body: 'Hello' } }
    return this.graph('POST', `${demoMeta.phoneNumberId}/messages`, { ...standard, ...message })
  }

  /** The customer writes, which opens the window. Resolves to the message's id. */
  async write(message: object = {}): Promise<string> {
    const answer = await this.control('inbound', { from: customer, type: 'text', text: { body: 'Hi' }, ...message })
    return String(answer['id'])
  }

  async control(path: string, body: object): Promise<Json> {
    const answer = await this.request('POST', `/__sandbox/${path}`, body)
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.text}`)
    return answer.body
  }

  /** Every change value that arrived, oldest first. */
  values(): Json[] {
    return this.hooks
      .flatMap(({ body }) => partsOf(body['entry']).flatMap((entry) => partsOf(entry['changes'])))
      .map(({ value }) => (isJson(value) ? value : {}))
  }

  /** Every message of the webhooks that arrived. */
  inbound(): Json[] {
    return this.values().flatMap((value) => partsOf(value['messages']))
  }

  statuses(): Json[] {
    return this.values().flatMap((value) => partsOf(value['statuses']))
  }

  /** Waits for a status of one answer. */
  status(id: string, status: string): Promise<Json> {
    return eventually(
      `${status} of ${id}`,
      () => this.statuses().find((each) => each['id'] === id && each['status'] === status),
      5_000,
    )
  }
}

export function partsOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : []
}

/** The id of the message Graph accepted. */
export function sentId({ body }: Answer): string {
  return String(partsOf(body['messages'])[0]?.['id'])
}

/** The error of an answer, with its HTTP status. */
export function errorOf({ status, body }: Answer): {
  status: number
  code: unknown
  message: unknown
  details: unknown
} {
  const error = isJson(body['error']) ? body['error'] : {}
  const data = isJson(error['error_data']) ? error['error_data'] : {}
  return { status, code: error['code'], message: error['message'], details: data['details'] }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
