import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../../../support/wait.ts'
import { demoMeta } from '../../demo.ts'
import { signupFacts } from '../signup/facts.ts'
import { aString, customer, customerDigits, MetaKit, partsOf, sentId } from '../testkit.ts'
import type { Json } from '../state.ts'

let kit: MetaKit

beforeEach(async () => {
  kit = await MetaKit.start()
})
afterEach(() => kit.stop())

const own = demoMeta.phoneNumberId
const post = (path: string, body: object): ReturnType<MetaKit['request']> =>
  kit.request('POST', `/phone/api/${path}`, body)

async function view(customerId: string): Promise<Json> {
  return (await kit.request('GET', `/phone/api/view?customer=${customerId}&number=${own}`)).body
}

async function bubbles(customerId: string): Promise<Json[]> {
  return partsOf((await view(customerId))['bubbles'])
}

const idOfCustomer = (): string => kit.meta.deps.world.customerByPhone(customerDigits)?.id ?? ''

describe('the phone page', () => {
  it('shows the numbers that are on WhatsApp, and the codes for those that are not yet', async () => {
    const number = kit.meta.deps.world.state.numbers[own]
    if (number === undefined) throw new Error('the demo has its number')
    Object.assign(number, { isRegistered: false, codeVerificationStatus: 'UNVERIFIED' })
    await kit.graph('POST', `${own}/request_code`, { code_method: 'VOICE', language: 'en_US' })
    const shown = await view('c1')
    expect(shown['phoneNumberId']).toBe(demoMeta.secondPhoneNumberId)
    expect(shown['codes']).toEqual([{ display: demoMeta.displayPhoneNumber, value: number.code?.value, isCall: true }])
    const refused = await post('send', { customerId: 'c1', phoneNumberId: own, text: 'Hi' })
    expect([refused.status, refused.body['error']]).toEqual([400, `${demoMeta.displayPhoneNumber} is not on WhatsApp`])
    expect(partsOf(shown['numbers']).map(({ id }) => id)).not.toContain(signupFacts.oldProvider.phoneNumberId)
    for (const each of Object.values(kit.meta.deps.world.state.numbers)) each.isRegistered = false
    expect(await view('c2')).toMatchObject({ phoneNumberId: '', numbers: [], bubbles: [] })
  })

  it('is served with its style and scripts, and runs nothing from elsewhere', async () => {
    const page = await kit.request('GET', '/phone')
    expect(page.text).toContain('Sandbox')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
    const script = await kit.request('GET', '/phone/client/main.ts')
    expect(script.headers.get('content-type')).toMatch(/^text\/javascript/)
    expect(script.text).not.toContain('interface ')
    expect((await kit.request('GET', '/phone/style.css')).status).toBe(200)
    expect((await kit.request('GET', '/phone/client/nothing.ts')).status).toBe(404)
  })

  it('sends what a customer writes as a webhook', async () => {
    const customerId = 'c1'
    const sent = await post('send', { customerId, phoneNumberId: own, type: 'text', text: { body: '<b>Hi</b>' } })
    expect(sent.body).toEqual({ id: aString })
    await eventually('the webhook', () => kit.inbound().length === 1)
    expect(kit.inbound()[0]).toMatchObject({ from: '819012345678', text: { body: '<b>Hi</b>' } })
    expect((await bubbles(customerId))[0]).toMatchObject({ direction: 'in', text: '<b>Hi</b>', status: 'received' })
    expect((await post('send', { customerId: 'nobody' })).status).toBe(400)
    expect((await post('send', { type: 5 })).status).toBe(400)
  })

  it('leaves the number of somebody with a username out of webhooks', async () => {
    const made = await post('customers', { name: 'Aki', username: 'aki' })
    await post('send', { customerId: String(made.body['id']), phoneNumberId: own, text: 'Hi' })
    await eventually('the webhook', () => kit.inbound().length === 1)
    expect(kit.inbound()[0]).not.toHaveProperty('from')
    expect(kit.inbound()[0]).toHaveProperty('from_user_id')
  })

  it('adds a customer by number once, and refuses one without number or username', async () => {
    const first = await post('customers', { name: 'Jo', phone: '+44 7700 900999' })
    expect((await post('customers', { name: 'Jo again', phone: '447700900999' })).body).toEqual(first.body)
    expect((await post('customers', { name: 'Jo' })).status).toBe(400)
    expect((await post('customers', { name: 'Jo', phone: 'none' })).status).toBe(400)
    expect((await post('customers/nobody', { isOnline: true })).status).toBe(404)
  })

  it('shows answers once they are sent: text, quote, choices, template, failure', async () => {
    const asked = await kit.write({ text: 'Is it ready?' })
    await kit.send({ context: { message_id: asked }, text: { body: 'Yes' } })
    const action = { buttons: [{ type: 'reply', reply: { id: 'a', title: 'Fine' } }] }
    await kit.send({ type: 'interactive', interactive: { type: 'button', body: { text: 'OK?' }, action } })
    await kit.control('settings', { failCode: 131026 })
    const lost = sentId(await kit.send({ text: { body: 'Lost' } }))
    await kit.status(lost, 'failed')
    const shown = await eventually('four bubbles', async () => {
      const all = await bubbles(idOfCustomer())
      return all.length === 4 ? all : undefined
    })
    expect(shown).toMatchObject([
      { text: 'Is it ready?', choices: [] },
      { text: 'Yes', quote: { id: asked, text: 'Is it ready?' } },
      { text: 'OK?', choices: [{ kind: 'button_reply', id: 'a', title: 'Fine' }] },
      { text: 'Lost', failure: '131026 Message undeliverable' },
    ])
  })

  it('lets a customer read what is on the screen, unless receipts are off', async () => {
    await kit.write()
    const customerId = idOfCustomer()
    const live = await kit.meta.platform.app.request(`/phone/api/live?customer=${customerId}&number=${own}`)
    const id = sentId(await kit.send())
    await kit.status(id, 'read')
    await post(`customers/${customerId}`, { readReceipts: false })
    const unread = sentId(await kit.send())
    await kit.status(unread, 'delivered')
    await live.body?.cancel()
    expect(kit.meta.deps.world.message(unread)?.status).toBe('delivered')
    expect(partsOf((await view(customerId))['numbers'])[0]).toMatchObject({ unread: 1 })
  })

  it('tells that a voice message was played', async () => {
    await kit.write()
    const form = new FormData()
    form.set('messaging_product', 'whatsapp')
    const bytes = new Uint8Array(Buffer.from(`OggS${'\0'.repeat(24)}OpusHead`))
    form.set('file', new File([bytes], 'a.ogg', { type: 'audio/ogg' }))
    const media = await kit.graph('POST', `${own}/media`, form)
    const id = sentId(await kit.send({ type: 'audio', audio: { id: media.body['id'], voice: true } }))
    await kit.status(id, 'delivered')
    await post(`played/${encodeURIComponent(id)}`, {})
    expect(await kit.status(id, 'played')).not.toHaveProperty('pricing')
  })

  it('sends a file of one’s own, and hands out files no browser will run', async () => {
    const form = new FormData()
    form.set('phoneNumberId', own)
    form.set('file', new File(['<script>alert(1)</script>'], 'a.html', { type: 'text/html' }))
    const uploaded = await kit.request('POST', '/phone/api/upload', form)
    const id = String(uploaded.body['id'])
    await kit.write({ from: customer, type: 'document', document: { id, filename: 'a.html' } })
    await eventually('the webhook', () => kit.inbound().length === 1)
    expect(kit.inbound()[0]).toMatchObject({ document: { id, filename: 'a.html', mime_type: aString, url: aString } })
    const file = await kit.request('GET', `/phone/media/${id}`)
    expect(file.headers.get('content-type')).toBe('application/octet-stream')
    expect(file.headers.get('content-disposition')).toBe('attachment')
    expect(file.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await kit.request('GET', '/phone/media/none')).status).toBe(404)
    expect((await kit.request('POST', '/phone/api/upload', new FormData())).status).toBe(400)
  })
})
