import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import { javaScriptOf } from '../../desk/pages/assets.routes.ts'
import type { Deps } from '../deps.ts'
import { InputError } from '../inbound/customers.ts'
import { receive } from '../inbound/receive.ts'
import { inboundSchema } from '../inbound/schema.ts'
import { waIdOf } from '../phones.ts'
import { asText, chatKey } from '../state.ts'
import { phonePage } from './page.ts'
import { phoneView } from './view.ts'
import type { Viewers } from './viewers.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const SECURITY = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' blob:; media-src 'self' blob:; base-uri 'none'; object-src 'none'",
  'x-content-type-options': 'nosniff',
}
/** A page is told of many changes at once as one. */
const SETTLE_MS = 30
const INLINE = /^(?:image\/(?:png|jpeg|webp|gif)|audio\/|video\/)/

const newCustomer = z
  .object({ name: z.string().min(1), phone: z.string().optional(), username: z.string().optional() })
  .refine(({ phone, username }) => phone !== undefined || username !== undefined, 'a number or a username is needed')

const switches = z.object({ readReceipts: z.boolean().optional(), isOnline: z.boolean().optional() })

/** The customer's phone at `/phone`, its scripts, its live view and what its buttons do. */
export function mountPhone(app: Hono, deps: Deps, viewers: Viewers): void {
  const { world } = deps
  app.get('/phone', () => file(phonePage(), 'text/html; charset=utf-8'))
  app.get('/phone/style.css', () => file(readFileSync(`${here}style.css`, 'utf8'), 'text/css; charset=utf-8'))
  app.get('/phone/client/:name{[a-z-]+\\.ts}', (c) => {
    const module = new URL(`client/${c.req.param('name')}`, import.meta.url)
    return existsSync(module) ? file(javaScriptOf(module), 'text/javascript; charset=utf-8') : c.body(null, 404)
  })
  app.get('/favicon.ico', (c) => c.body(null, 204))
  app.get('/phone/media/:id', (c) => mediaFile(deps, c.req.param('id'), c.req.header('range')))

  app.get('/phone/api/view', (c) => c.json(phoneView(deps, c.req.query('customer'), c.req.query('number'))))
  app.get('/phone/api/live', (c) => live(c, deps, viewers))
  app.post('/phone/api/send', async (c) => {
    const parsed = inboundSchema.safeParse(await c.req.json())
    if (!parsed.success) return c.json({ error: z.prettifyError(parsed.error) }, 400)
    try {
      return c.json(receive(deps, parsed.data))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      return c.json({ error: error.message }, 400)
    }
  })
  app.post('/phone/api/upload', async (c) => {
    const form = await c.req.parseBody()
    const given = form['file']
    const phoneNumberId = asText(form['phoneNumberId'])
    if (!(given instanceof File) || world.state.numbers[phoneNumberId] === undefined)
      return c.json({ error: 'a file is needed' }, 400)
    const record = deps.media.add({
      phoneNumberId,
      bytes: new Uint8Array(await given.arrayBuffer()),
      mimeType: given.type === '' ? 'application/octet-stream' : given.type,
      filename: given.name,
      origin: 'webhook',
    })
    return c.json({ id: record.id })
  })
  app.post('/phone/api/customers', async (c) => {
    const parsed = newCustomer.safeParse(await c.req.json())
    if (!parsed.success) return c.json({ error: z.prettifyError(parsed.error) }, 400)
    return addCustomer(c, deps, parsed.data)
  })
  app.post('/phone/api/customers/:id', async (c) => {
    const customer = world.state.customers[c.req.param('id')]
    const parsed = switches.safeParse(await c.req.json())
    if (customer === undefined || !parsed.success) return c.json({ error: 'no such customer' }, 404)
    Object.assign(customer, parsed.data)
    deps.player.resume()
    world.touch()
    return c.json({ id: customer.id })
  })
  app.post('/phone/api/played/:id', (c) => {
    const message = world.message(c.req.param('id'))
    const isVoice = message?.type === 'audio' && message.direction === 'out' && message.status !== 'played'
    if (message !== undefined && isVoice) deps.player.report(message, 'played')
    return c.body(null, 204)
  })
}

function addCustomer(c: Context, { world }: Deps, { name, phone, username }: z.infer<typeof newCustomer>): Response {
  const digits = phone?.replace(/\D/g, '') ?? ''
  if (phone !== undefined && digits === '') return c.json({ error: 'the number has no digits' }, 400)
  const known = digits === '' ? undefined : world.customerByPhone(digits)
  if (known !== undefined) return c.json({ id: known.id })
  const customer = world.addCustomer({
    name,
    ...(digits === '' ? {} : { waId: waIdOf(digits) }),
    ...(username === undefined ? {} : { username }),
    hidesPhone: digits === '',
  })
  world.touch()
  return c.json({ id: customer.id })
}

/** Server-sent events: `changed` whenever the view may differ. While it is open, the customer reads this chat. */
function live(c: Context, { world, player }: Deps, viewers: Viewers): Response {
  const customerId = c.req.query('customer') ?? ''
  const phoneNumberId = c.req.query('number') ?? ''
  return streamSSE(c, (stream) => {
    return new Promise<void>((resolve) => {
      let timer: NodeJS.Timeout | undefined
      const notify = (): void => {
        timer ??= setTimeout(() => {
          timer = undefined
          void stream.writeSSE({ event: 'changed', data: '' })
        }, SETTLE_MS)
      }
      const viewer = { chat: chatKey(customerId, phoneNumberId), close: () => end() }
      const stopListening = world.onChange(notify)
      const end = (): void => {
        clearTimeout(timer)
        stopListening()
        viewers.remove(viewer)
        resolve()
      }
      viewers.add(viewer)
      stream.onAbort(end)
      for (const message of world.chat(customerId, phoneNumberId)) {
        if (message.direction === 'out') player.advance(message)
      }
      notify()
    })
  })
}

/** A file for the page, whole or a part of it (players ask so). What a browser might run is only ever a download. */
function mediaFile({ world, media }: Deps, id: string, range: string | undefined): Response {
  const record = world.state.media[id]
  const bytes = record === undefined ? undefined : media.bytesOf(id)
  if (record === undefined || bytes === undefined) return new Response('', { status: 404 })
  const isInline = INLINE.test(record.mimeType)
  const headers = {
    ...SECURITY,
    'content-type': isInline ? record.mimeType : 'application/octet-stream',
    'content-security-policy': "default-src 'none'; sandbox",
    'content-disposition': isInline ? 'inline' : 'attachment',
    'accept-ranges': 'bytes',
  }
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? []
  if (first === undefined) return new Response(new Uint8Array(bytes), { headers })
  const from = Number(first)
  const to = Math.min(last === undefined || last === '' ? bytes.byteLength - 1 : Number(last), bytes.byteLength - 1)
  const part = new Uint8Array(bytes.subarray(from, to + 1))
  const contentRange = `bytes ${from}-${to}/${bytes.byteLength}`
  return new Response(part, { status: 206, headers: { ...headers, 'content-range': contentRange } })
}

function file(body: string, type: string): Response {
  return new Response(body, { headers: { ...SECURITY, 'content-type': type, 'cache-control': 'no-store' } })
}
