import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { demoMeta } from '../../sandbox/demo.ts'
import { createMeta } from '../../sandbox/meta/meta.ts'
import type { Meta } from '../../sandbox/meta/meta.ts'
import { SandboxClock } from '../../sandbox/shared/clock.ts'
import { eventually } from '../../support/wait.ts'
import { isObject, objectsIn, valueAt } from '../contract/json.ts'
import type { JsonObject } from '../contract/json.ts'
import type { JournalEntry } from '../contracts.ts'

export type MetaAnswer = { status: number; body: JsonObject }

export const customer = '+447700900123'

/** Calls a Meta double in memory with the demo's token; its webhooks go to a server that keeps them. */
export class MetaCaller {
  /** The bodies of the webhooks that came. */
  readonly webhooks: unknown[] = []
  /** Where they go. */
  readonly callback: string
  readonly #meta: Meta
  readonly #server: Server

  private constructor(server: Server) {
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    this.#server = server
    this.callback = `http://127.0.0.1:${port}/webhooks/whatsapp`
    const { appSecret, verifyToken } = demoMeta
    this.#meta = createMeta({
      clock: new SandboxClock(),
      port: 4303,
      webhookUrl: this.callback,
      appSecret,
      verifyToken,
    })
    server.on('request', (request, response) => {
      void readText(request).then((body) => {
        if (request.method === 'POST') this.webhooks.push(JSON.parse(body))
        response.end(new URL(request.url ?? '', this.callback).searchParams.get('hub.challenge') ?? '')
      })
    })
  }

  /** A double without delays and limits. */
  static async start(): Promise<MetaCaller> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const caller = new MetaCaller(server)
    const delays = { sentDelayMs: 0, deliveredDelayMs: 0, readDelayMs: 0 }
    await caller.control('settings', { pairLimit: false, throughputPerSecond: 10_000, ...delays })
    return caller
  }

  async stop(): Promise<void> {
    this.#meta.stop()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** What the double received since the last call of this. */
  takeJournal(): JournalEntry[] {
    const entries = [...this.#meta.platform.journal.list()]
    this.#meta.platform.journal.clear()
    return entries
  }

  graph(
    method: string,
    path: string,
    body?: FormData | JsonObject,
    token: string = demoMeta.token,
  ): Promise<MetaAnswer> {
    return this.send(method, `/v25.0/${path}`, body, token)
  }

  async send(method: string, path: string, body?: FormData | JsonObject, token?: string): Promise<MetaAnswer> {
    const isJson = body !== undefined && !(body instanceof FormData)
    const response = await this.#meta.platform.app.request(path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(isJson ? { 'content-type': 'application/json' } : {}),
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    return { status: response.status, body: isObject(answer) ? answer : {} }
  }

  /** A message exactly as given, to the customer. */
  say(message: JsonObject): Promise<MetaAnswer> {
    return this.graph('POST', `${demoMeta.phoneNumberId}/messages`, {
      messaging_product: 'whatsapp',
      to: customer,
      ...message,
    })
  }

  /** The customer's message exactly as given; its id. */
  async hear(message: JsonObject): Promise<string> {
    const { id } = await this.control('inbound', { from: customer, ...message })
    return String(id)
  }

  /** A control call. Throws when the double refuses it. */
  async control(path: string, body: JsonObject): Promise<JsonObject> {
    const answer = await this.send('POST', `/__sandbox/${path}`, body)
    if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }

  /** Waits for a message or status in the webhooks. */
  update(kind: 'messages' | 'statuses', isWanted: (update: JsonObject) => boolean): Promise<JsonObject> {
    const find = (): JsonObject | undefined =>
      this.#changes()
        .flatMap((change) => objectsIn(valueAt(change, `value/${kind}`)))
        .find(isWanted)
    return eventually(`one of the ${kind}`, find, 5_000)
  }

  /** Waits for a webhook with this field. */
  change(field: string): Promise<JsonObject> {
    return eventually(`a change of ${field}`, () => this.#changes().find((change) => change['field'] === field), 5_000)
  }

  #changes(): JsonObject[] {
    const entries = this.webhooks.flatMap((body) => objectsIn(valueAt(body, 'entry')))
    return entries.flatMap((entry) => objectsIn(entry['changes']))
  }
}
