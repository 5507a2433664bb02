import { createHmac } from 'node:crypto'

export type InboundText = { from: string; name?: string; id: string; text: string; timestamp: number }

/** A webhook body of text messages to one number, as Meta sends it: ids and times are strings, times are Unix seconds. */
export function messagesBody(wabaId: string, phoneNumberId: string, messages: readonly InboundText[]): string {
  const contacts = [...new Map(messages.map((message) => [message.from, message])).values()].map((message) => ({
    profile: { name: message.name ?? 'Customer' },
    wa_id: message.from,
  }))
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: wabaId,
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '442079460101', phone_number_id: phoneNumberId },
              contacts,
              messages: messages.map((message) => ({
                from: message.from,
                id: message.id,
                timestamp: String(message.timestamp),
                type: 'text',
                text: { body: message.text },
              })),
            },
          },
        ],
      },
    ],
  })
}

export function signature(secret: string, body: string | Uint8Array): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

/** Posts a body with its signature, or with the headers a test asks for. */
export function postWebhook(
  worker: string,
  secret: string,
  body: string,
  headers: Record<string, string> = { 'x-hub-signature-256': signature(secret, body) },
): Promise<Response> {
  return fetch(`${worker}/webhooks/whatsapp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
}
