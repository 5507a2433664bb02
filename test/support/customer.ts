import { z } from 'zod'
import type { ConversationView } from '../../contract/index.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import type { Api } from './api.ts'
import type { DeskTicket } from './desk-view.ts'
import { control, deskState, metaState } from './suite-sandbox.ts'
import { eventually } from './wait.ts'

const sentSchema = z.object({ id: z.string() })
const batchSentSchema = z.object({ ids: z.array(z.string()) })

let made = 0

/** Somebody with a WhatsApp number of their own, so that tests in one sandbox do not meet. */
export class Customer {
  readonly phone: string
  readonly name: string
  readonly #sandbox: Sandbox
  readonly #api: () => Api

  constructor(name: string, sandbox: Sandbox, api: () => Api) {
    made += 1
    this.phone = `447700900${String(made).padStart(3, '0')}`
    this.name = name
    this.#sandbox = sandbox
    this.#api = api
  }

  /** Sends a message of any type, as the phone does; resolves to its wamid. */
  async send(message: Record<string, unknown>): Promise<string> {
    const input = { from: this.phone, name: this.name, ...message }
    return sentSchema.parse(await control(this.#sandbox.endpoints.meta, 'inbound', input)).id
  }

  write(text: string, more: Record<string, unknown> = {}): Promise<string> {
    return this.send({ text, ...more })
  }

  /** Several at once, in one webhook. */
  async writeAll(messages: readonly Record<string, unknown>[]): Promise<string[]> {
    const all = messages.map((message) => ({ from: this.phone, name: this.name, ...message }))
    return batchSentSchema.parse(await control(this.#sandbox.endpoints.meta, 'inbound/batch', { messages: all })).ids
  }

  /** Changes what Meta knows of this person, such as `failCode` or `isOnline`. */
  async change(facts: Record<string, unknown>): Promise<void> {
    await control(this.#sandbox.endpoints.meta, 'customer', { from: this.phone, ...facts })
  }

  /** Opens the chat: what was delivered becomes read. */
  async read(): Promise<void> {
    await control(this.#sandbox.endpoints.meta, 'read', { from: this.phone })
  }

  conversation(): Promise<ConversationView> {
    return eventually(`a conversation of ${this.name}`, async () => (await this.#api().conversations(this.phone))[0])
  }

  /** The ticket the conversation is in, once there is one; another one than `before` where that is given. */
  ticketId(before?: string): Promise<string> {
    return eventually(`a ticket of ${this.name}`, async () => {
      const id = (await this.conversation()).ticket?.id
      return id === before ? undefined : id
    })
  }

  /** The conversation's ticket as Desk has it now. */
  async ticket(): Promise<DeskTicket> {
    const id = await this.ticketId()
    const found = (await deskState(this.#sandbox)).tickets.find((ticket) => ticket.id === id)
    if (found === undefined) throw new Error(`Desk has no ticket ${id}`)
    return found
  }

  /** How many messages of the business with this text Meta took for this customer's number. */
  async received(text: string): Promise<number> {
    const { messages } = await metaState(this.#sandbox)
    return messages.filter(({ direction, content }) => direction === 'out' && content.text?.body === text).length
  }
}
