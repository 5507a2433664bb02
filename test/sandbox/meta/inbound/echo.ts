import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { newWamid } from '../ids.ts'
import { valueFrame } from '../webhooks/values.ts'
import { digitsOf, InputError } from './customers.ts'

export const echoSchema = z.strictObject({ phoneNumberId: z.string(), to: z.string(), text: z.string().min(1) })

/** The owner writes from the Business app: the customer has the message, and the Cloud API hears an echo of it. */
export function echo(deps: Deps, { phoneNumberId, to, text }: z.infer<typeof echoSchema>): { id: string } {
  const { world, outbox } = deps
  const number = world.state.numbers[phoneNumberId]
  if (number?.isOnBizApp !== true) throw new InputError('this number is not in the Business app')
  const customer = world.personBehind(digitsOf(to))
  if (customer === undefined) throw new InputError('to: nobody is on WhatsApp with this number')
  const message = { id: newWamid(number.digits), type: 'text', text: { body: text } }
  world.addMessage({
    id: message.id,
    direction: 'out',
    phoneNumberId,
    customerId: customer.id,
    type: 'text',
    timestamp: world.nowSeconds(),
    content: { text: message.text },
    status: 'delivered',
    statuses: [],
    reactions: [],
  })
  world.touch()
  const sent = { from: number.digits, to: customer.waId, ...message, timestamp: String(world.nowSeconds()) }
  outbox.emit({
    wabaId: number.wabaId,
    phoneNumberId,
    field: 'smb_message_echoes',
    value: { ...valueFrame(number), message_echoes: [sent] },
  })
  return { id: message.id }
}
