import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Customer } from '../support/customer.ts'
import type { DeskWindow, Pane } from '../support/desk-window.ts'
import { startPaneSuite } from '../support/pane-suite.ts'
import type { PaneSuite } from '../support/pane-suite.ts'
import { control } from '../support/suite-sandbox.ts'
import { eventually } from '../support/wait.ts'

let suite: PaneSuite
let customer: Customer
let desk: DeskWindow
let pane: Pane

/** The id of the customer's first message. */
let firstId: string

beforeAll(async () => {
  suite = await startPaneSuite(4460)
  customer = suite.customer('Kira Kinds')
  firstId = await customer.write('The very first words')
  desk = await suite.desk({ ticketId: await customer.ticketId() })
  pane = desk.pane
  await pane.message('The very first words').waitFor()
})
afterAll(async () => {
  await suite.tidy()
  await suite.stop()
})

/** Sends a message and gives the bubble of just this one, whose kind must be the named one. */
async function bubble(kind: string, message: Record<string, unknown>): Promise<Locator> {
  const wamid = await customer.send(message)
  const { id } = await customer.conversation()
  const arrived = await eventually(`the ${kind} in the list`, async () =>
    (await suite.api().messages(id)).find((one) => one.wamid === wamid),
  )
  expect(arrived.content.kind).toBe(kind)
  const shown = pane.root.locator(`[data-message-id="${arrived.id}"]`)
  await shown.waitFor()
  return shown
}

const line = (text: string): Promise<void> => pane.id('line').filter({ hasText: text }).waitFor()

/** The bytes behind an address of the Worker, as the browser would load them. */
async function bytesAt(url: string | null): Promise<{ status: number; type: string; bytes: number }> {
  if (url === null) throw new Error('no address')
  const answer = await desk.page.request.get(url)
  return {
    status: answer.status(),
    type: answer.headers()['content-type'] ?? '',
    bytes: (await answer.body()).byteLength,
  }
}

/** Those of the parts that do not stand in it (yet): some come in a moment after the bubble. */
async function missing(shown: Locator, parts: readonly string[]): Promise<string[]> {
  const text = await shown.innerText()
  return parts.filter((part) => !text.includes(part))
}

async function naturalSize(image: Locator): Promise<[width: number, height: number]> {
  return eventually('a loaded picture', () =>
    image.evaluate((element): [number, number] | false => {
      if (!(element instanceof HTMLImageElement) || !element.complete || element.naturalWidth === 0) return false
      return [element.naturalWidth, element.naturalHeight]
    }),
  )
}

describe('text', () => {
  it('is formatted as WhatsApp formats it', async () => {
    const shown = await bubble('text', {
      text: 'Now *bold*, _leaning_, ~gone~ and\n```let x = 1```\nsee https://example.com/a?b=1&c=2.',
    })
    await expect.poll(() => shown.locator('strong').innerText()).toBe('bold')
    await expect.poll(() => shown.locator('em').innerText()).toBe('leaning')
    await expect.poll(() => shown.locator('s').innerText()).toBe('gone')
    await expect.poll(() => shown.locator('pre').innerText()).toBe('let x = 1')
    const link = shown.locator('a')
    await expect.poll(() => link.innerText()).toBe('https://example.com/a?b=1&c=2')
    await expect.poll(() => link.getAttribute('href')).toBe('https://example.com/a?b=1&c=2')
    await expect.poll(() => link.getAttribute('target')).toBe('_blank')
    await expect.poll(() => link.getAttribute('rel')).toContain('noopener')
  })

  it('keeps its line breaks', async () => {
    const shown = await bubble('text', { text: 'one\ntwo\n\nfour' })
    await expect.poll(() => shown.locator('.text').innerText()).toBe('one\ntwo\n\nfour')
  })

  it('shows what it answers, and goes there', async () => {
    const shown = await bubble('text', { text: 'I mean this', context: { id: firstId } })
    const quote = shown.locator('.quote')
    await expect.poll(() => quote.innerText()).toContain('The very first words')
    await quote.click()
    await eventually('the focus on the quoted message', () =>
      pane
        .message('The very first words')
        .filter({ hasNotText: 'I mean this' })
        .evaluate((row) => row === document.activeElement),
    )
    const earlier = await bubble('text', { text: 'And that', context: { id: 'wamid.NOBODYKNOWS' } })
    await expect.poll(() => earlier.locator('.quote').innerText()).toBe('Reply to an earlier message')
  })

  it('says that it was forwarded, asks about a product or comes from an ad', async () => {
    const once = await bubble('text', { text: 'Look at that', context: { forwarded: true } })
    await expect.poll(() => once.innerText()).toContain('Forwarded')
    const often = await bubble('text', { text: 'Everybody does', context: { frequently_forwarded: true } })
    await expect.poll(() => often.innerText()).toContain('Forwarded many times')
    const product = { referred_product: { catalog_id: '1', product_retailer_id: 'sku-9' } }
    const asked = await bubble('text', { text: 'How much?', context: { id: firstId, ...product } })
    await expect.poll(() => asked.innerText()).toContain('Asked about product sku-9')
    const ad = await bubble('text', {
      text: 'I saw your ad',
      referral: {
        source_url: 'https://fb.me/sample',
        source_id: '9',
        source_type: 'ad',
        headline: 'Spring sale',
        body: 'All parcels half price',
        ctwa_clid: 'c',
      },
    })
    const card = ad.getByTestId('referral')
    await expect.poll(() => card.innerText()).toContain('From your ad')
    await expect.poll(() => card.innerText()).toContain('Spring sale')
    await expect.poll(() => card.innerText()).toContain('All parcels half price')
    await expect.poll(() => card.locator('a').getAttribute('href')).toBe('https://fb.me/sample')
  })
})

describe('a file', () => {
  it('of a photo is the photo, with its caption', async () => {
    const shown = await bubble('image', { type: 'image', image: { caption: 'The *broken* box' } })
    expect(await naturalSize(shown.locator('img'))).toEqual([320, 200])
    await expect.poll(() => shown.locator('.text').innerText()).toBe('The broken box')
    await expect.poll(() => shown.locator('img').getAttribute('alt')).toBe('Photo')
  })

  it('of a document has its name and its bytes', async () => {
    const shown = await bubble('document', {
      type: 'document',
      document: { filename: 'Invoice 7.pdf', caption: 'This one' },
    })
    const link = shown.locator('a.file')
    await link.waitFor()
    await expect.poll(() => link.innerText()).toContain('Invoice 7.pdf')
    const file = await bytesAt(await link.getAttribute('href'))
    expect(file).toMatchObject({ status: 200, type: 'application/pdf' })
    expect(file.bytes).toBeGreaterThan(300)
    await expect.poll(() => shown.innerText()).toContain('This one')
  })

  it('of a voice message plays', async () => {
    const shown = await bubble('audio', { type: 'audio', audio: { voice: true } })
    const player = shown.locator('audio')
    await player.waitFor()
    await expect.poll(() => shown.innerText()).toContain('Voice message')
    await player.evaluate((element) => element instanceof HTMLAudioElement && element.load())
    const seconds = await eventually('its length', () =>
      player.evaluate((element) => {
        if (!(element instanceof HTMLAudioElement)) return false
        element.preload = 'metadata'
        return element.duration > 0 ? element.duration : false
      }),
    )
    expect(seconds).toBeCloseTo(3, 0)
  })

  it('of a video can be played from here', async () => {
    const shown = await bubble('video', { type: 'video', video: { caption: 'See' } })
    const player = shown.locator('video[controls]')
    await player.waitFor()
    expect(await bytesAt(await player.getAttribute('src'))).toMatchObject({ status: 200, type: 'video/mp4' })
  })

  it('of a sticker is a small picture', async () => {
    const shown = await bubble('sticker', { type: 'sticker' })
    expect(await naturalSize(shown.locator('img'))).toEqual([128, 128])
    await expect.poll(() => shown.locator('img').getAttribute('alt')).toBe('Sticker')
  })

  it('goes into the ticket, each with its message', async () => {
    const names = await eventually('five files in the ticket', async () => {
      const { comments } = await customer.ticket()
      const found = comments.flatMap(({ attachments }) => attachments.map(({ name }) => name))
      return found.length >= 5 ? found : undefined
    })
    expect(names).toHaveLength(5)
    expect(names).toContain('Invoice 7.pdf')
    const photo = (await customer.ticket()).comments.find(({ content }) => content.includes('The *broken* box'))
    expect(photo?.attachments.some(({ name }) => /^image.*\.png$/.test(name))).toBe(true)
    await desk.id('attachment').filter({ hasText: 'Invoice 7.pdf' }).waitFor()
  })

  it('that cannot be fetched says so', async () => {
    const { meta } = suite.sandbox.endpoints
    await control(meta, 'faults', { match: 'GET */404404', kind: 'error', status: 404, body: {} })
    const shown = await bubble('image', { type: 'image', image: { id: '404404', caption: 'Gone' } })
    await shown.getByTestId('media-failed').waitFor()
    await expect.poll(() => shown.innerText()).toContain('Photo · could not be loaded')
    await expect.poll(() => shown.locator('.text').innerText()).toBe('Gone')
    const voice = await bubble('audio', { type: 'audio', audio: { id: '404405', voice: true } })
    await expect.poll(() => voice.innerText()).toContain('Voice message · ')
  })
})

describe('a card', () => {
  it('of a location has the place and a map', async () => {
    const location = { latitude: 51.5033, longitude: -0.1196, name: 'Sample Square', address: '1 High Street' }
    const shown = await bubble('location', { type: 'location', location })
    await expect
      .poll(() => missing(shown, ['Location', 'Sample Square', '1 High Street', '51.5033, -0.1196']))
      .toEqual([])
    await expect.poll(() => shown.locator('a').getAttribute('href')).toContain('51.5033')
  })

  it('of contacts has names and numbers', async () => {
    const contacts = [
      {
        name: { formatted_name: 'Sample Depot' },
        org: { company: 'Depots Ltd' },
        phones: [{ phone: '+44 20 7946 0199', wa_id: '442079460199', type: 'WORK' }],
        emails: [{ email: 'depot@example.com', type: 'WORK' }],
      },
    ]
    const shown = await bubble('contacts', { type: 'contacts', contacts })
    await expect
      .poll(() => missing(shown, ['Sample Depot', 'Depots Ltd', '+44 20 7946 0199', 'depot@example.com']))
      .toEqual([])
  })

  it('of a tapped button or a choice says what was chosen', async () => {
    const button = { type: 'button_reply', button_reply: { id: 'b1', title: 'Yes please' } }
    const tapped = await bubble('choice', { type: 'interactive', interactive: button })
    await expect.poll(() => missing(tapped, ['Tapped a button', 'Yes please'])).toEqual([])
    const list = { type: 'list_reply', list_reply: { id: 'r1', title: 'Refund', description: '14 days' } }
    const chosen = await bubble('choice', { type: 'interactive', interactive: list })
    await expect.poll(() => missing(chosen, ['Chose from a list', 'Refund', '14 days'])).toEqual([])
    const template = await bubble('choice', { type: 'button', button: { text: 'Stop', payload: 'secret-payload' } })
    await expect.poll(() => template.innerText()).toContain('Stop')
    expect(await template.innerText()).not.toContain('secret-payload')
  })

  it('of a form has its fields, or its text where it is none', async () => {
    const form = (json: string) => ({
      type: 'interactive',
      interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: json } },
    })
    const fields = await bubble('form', form('{"size":"M","colour":"red"}'))
    await expect.poll(() => missing(fields, ['Answered a form', 'size', 'M', 'colour', 'red'])).toEqual([])
    const plain = await bubble('form', form('not json at all'))
    await expect.poll(() => missing(plain, ['not json at all'])).toEqual([])
  })

  it('of an order has its items and its sum', async () => {
    const items = [{ product_retailer_id: 'sku-9', quantity: 2, item_price: 30.5, currency: 'GBP' }]
    const order = { catalog_id: '1', text: 'Gift wrapped', product_items: items }
    const shown = await bubble('order', { type: 'order', order })
    await expect.poll(() => missing(shown, ['Order', '2 × sku-9', '£61.00', 'Gift wrapped'])).toEqual([])
  })
})

describe('what acts on another message', () => {
  it('reacts on it, and takes the reaction back', async () => {
    const id = await customer.write('React to me')
    const shown = pane.message('React to me')
    await customer.send({ type: 'reaction', reaction: { message_id: id, emoji: '❤️' } })
    await shown.getByTestId('reactions').filter({ hasText: '❤️' }).waitFor()
    await expect
      .poll(() => shown.getByTestId('reactions').locator('[role="img"]').getAttribute('aria-label'))
      .toBe('❤️ from Kira Kinds')
    await customer.send({ type: 'reaction', reaction: { message_id: id, emoji: '' } })
    await shown.getByTestId('reactions').waitFor({ state: 'detached' })
  })

  it('edits it and keeps the earlier text', async () => {
    const id = await customer.write('Ten o’clok')
    await pane.message('Ten o’clok').waitFor()
    const edit = { original_message_id: id, message: { type: 'text', text: { body: 'Eleven o’clock' } } }
    await customer.send({ type: 'edit', edit })
    const shown = pane.message('Eleven o’clock')
    await shown.waitFor()
    await expect.poll(() => shown.locator('.text').innerText()).toBe('Eleven o’clock')
    await expect.poll(() => shown.locator('.meta').innerText()).toContain('edited')
    await shown.getByTestId('versions').locator('summary').click()
    await shown.getByTestId('versions').getByText('Ten o’clok').waitFor()
    await desk.id('comment').filter({ hasText: 'Eleven o’clock' }).waitFor()
  })

  it('deletes it', async () => {
    const id = await customer.write('Forget this')
    const shown = pane.message('Forget this')
    await shown.waitFor()
    await customer.send({ type: 'revoke', revoke: { original_message_id: id } })
    await shown.getByTestId('revoked').waitFor()
    await expect.poll(() => shown.getByTestId('revoked').innerText()).toBe('Deleted by the customer')
  })

  it('is a line of its own where that message is not known', async () => {
    await customer.send({ type: 'reaction', reaction: { message_id: 'wamid.NOBODYKNOWS', emoji: '👍' } })
    await line('Reacted 👍')
    expect(await pane.id('reactions').count()).toBe(0)
  })

  it('does so even where it comes before the message', async () => {
    const [revoked, reacted, edited] = ['wamid.REVOKEDFIRST', 'wamid.REACTEDFIRST', 'wamid.EDITEDFIRST']
    await customer.send({ type: 'revoke', revoke: { original_message_id: revoked } })
    const edit = { original_message_id: edited, message: { type: 'text', text: { body: 'As it should be' } } }
    await customer.send({ type: 'edit', edit })
    await customer.send({ type: 'reaction', reaction: { message_id: reacted, emoji: '🎈' } })
    await line('Reacted 🎈')
    await customer.writeAll([
      { id: revoked, text: 'Overtaken by its deletion' },
      { id: edited, text: 'As it was' },
      { id: reacted, text: 'Overtaken by its balloon' },
    ])
    await pane.message('Overtaken by its balloon').getByTestId('reactions').filter({ hasText: '🎈' }).waitFor()
    await pane.message('Overtaken by its deletion').getByTestId('revoked').waitFor()
    await expect.poll(() => pane.message('As it should be').locator('.meta').innerText()).toContain('edited')
  })
})

describe('what nobody can show', () => {
  it('says what it was', async () => {
    const poll = await bubble('unsupported', { type: 'unsupported', unsupported: { type: 'poll' } })
    await expect.poll(() => poll.innerText()).toContain('Message that cannot be shown (poll)')
    const future = await bubble('unknown', { type: 'hologram', hologram: { depth: 3 } })
    await expect.poll(() => future.innerText()).toContain('Message that cannot be shown (hologram)')
    // Meta sometimes sends an answer to a button without what was answered.
    const broken = await bubble('unsupported', { type: 'interactive', valueErrors: [{ code: 131000, title: 'Wrong' }] })
    await expect.poll(() => broken.innerText()).toContain('Message that cannot be shown (interactive)')
  })
})

describe('what happens to the customer', () => {
  it('changes the number and goes on in the same conversation', async () => {
    const before = await customer.conversation()
    await customer.send({ type: 'system', system: { type: 'user_changed_number', wa_id: '447700900999' } })
    await line('The customer changed their number')
    await customer.send({ from: '447700900999', text: 'My new number' })
    await pane.message('My new number').waitFor()
    const [after] = await suite.api().conversations('447700900999')
    expect(after?.id).toBe(before.id)
    const digits = async (): Promise<string> => (await pane.id('header').innerText()).replaceAll(/\D/g, '')
    await expect.poll(digits).toContain('447700900999')
  })
})

it('has one plain line for every message, never an empty one', async () => {
  const [conversation] = await suite.api().conversations('447700900999')
  const messages = await suite.api().messages(conversation?.id ?? '')
  expect(messages.length).toBeGreaterThan(30)
  for (const { summary, kind } of messages) {
    expect(summary.trim(), kind).not.toBe('')
    expect(summary, kind).not.toContain('\n')
  }
})
