import type { Customer } from './customer.ts'

/** One message of every kind that a customer can send, in an order that a conversation could have. Resolves once all are sent. */
export async function writeEverything(customer: Customer): Promise<void> {
  const ad = {
    source_url: 'https://fb.me/sample',
    source_id: '9',
    source_type: 'ad',
    headline: 'Spring sale',
    body: 'Now',
  }
  // Webhooks keep no order: the first is a minute older than the others.
  const timestamp = Math.floor(Date.now() / 1_000) - 60
  await customer.write('I saw your ad. Is the offer still on?', { referral: ad, timestamp })
  const id = await customer.write('See *this* at https://example.com/a-rather-long-address/that-goes-on?and=on&and=on')
  await customer.send({ type: 'reaction', reaction: { message_id: id, emoji: '❤️' } })
  await customer.send({ type: 'image', image: { caption: 'The box is broken' } })
  await customer.send({ type: 'document', document: { filename: 'Invoice 2026-000123 with a rather long name.pdf' } })
  await customer.send({ type: 'audio', audio: { voice: true } })
  await customer.send({ type: 'video' })
  await customer.send({ type: 'sticker' })
  const location = { latitude: 51.5033, longitude: -0.1196, name: 'Sample Square', address: '1 High Street' }
  await customer.send({ type: 'location', location })
  const depot = { name: { formatted_name: 'Sample Depot' }, phones: [{ phone: '+44 20 7946 0199', type: 'WORK' }] }
  await customer.send({ type: 'contacts', contacts: [depot] })
  const choice = { type: 'list_reply', list_reply: { id: 'r1', title: 'Refund', description: '14 days' } }
  await customer.send({ type: 'interactive', interactive: choice })
  const form = { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"size":"M"}' } }
  await customer.send({ type: 'interactive', interactive: form })
  const items = [{ product_retailer_id: 'sku-9', quantity: 2, item_price: 30.5, currency: 'GBP' }]
  await customer.send({ type: 'order', order: { catalog_id: '1', text: 'Gift wrapped', product_items: items } })
  await customer.write('```\nconst answer = "a long line of code that fits no narrow pane"\n```', { context: { id } })
  await customer.write('Everybody says so', { context: { frequently_forwarded: true } })
  await customer.write('مرحبا، أين طلبي؟ رقم 12345')
  await customer.write('お荷物はいつ届きますか？東京都港区に送ってください。')
  await customer.send({ type: 'unsupported', unsupported: { type: 'poll' } })
}
