import { randomUUID } from 'node:crypto'
import type { Context, Hono } from 'hono'
import { z } from 'zod'
import type { Deps } from './deps.ts'
import { decideTemplate } from './graph/template-review.ts'
import { InputError, knownCustomer } from './inbound/customers.ts'
import { echo, echoSchema } from './inbound/echo.ts'
import { receive, receiveBatch } from './inbound/receive.ts'
import { batchSchema, inboundSchema } from './inbound/schema.ts'
import { changedOnboarding, onboardingChange } from './onboarding-settings.ts'
import { defaultSettings, settingsSchema } from './settings.ts'

const CODE_LIFE_MS = 30_000

const person = z.object({
  customerId: z.string().optional(),
  from: z.string().optional(),
  userId: z.string().optional(),
  phoneNumberId: z.string().optional(),
})

const customerSchema = person.extend({
  name: z.string().optional(),
  username: z.string().optional(),
  hidesPhone: z.boolean().optional(),
  readReceipts: z.boolean().optional(),
  isOnline: z.boolean().optional(),
  identityHash: z.string().optional(),
  /** Every message to this person fails with it; 131026 is "not reachable". Null: reachable again. */
  failCode: z.number().int().nullable().optional(),
})

const readSchema = person.extend({ messageId: z.string().optional() })

const templateSchema = z.object({ id: z.string(), status: z.string(), reason: z.string().optional() })

const numberSchema = z.strictObject({
  phoneNumberId: z.string(),
  status: z.string().optional(),
  qualityRating: z.string().optional(),
  nameStatus: z.string().optional(),
  codeVerificationStatus: z.string().optional(),
  isRegistered: z.boolean().optional(),
  messagingLimit: z.string().optional(),
})

const accountSchema = z.strictObject({
  wabaId: z.string(),
  hasPaymentMethod: z.boolean().optional(),
  accountReviewStatus: z.string().optional(),
  businessVerificationStatus: z.string().optional(),
})

const tokenSchema = z.object({
  token: z.string().min(1),
  wabaIds: z.array(z.string()).optional(),
  scopes: z.array(z.string()).optional(),
  expiresAt: z.number().int().optional(),
  isRevoked: z.boolean().optional(),
})

/** The control calls of the Meta double beyond those every double has. */
export function mountControl(app: Hono, deps: Deps): void {
  const { world, outbox, player } = deps
  const on = <Shape extends z.ZodType>(path: string, schema: Shape, work: (input: z.infer<Shape>) => object): void => {
    app.post(`/__sandbox/${path}`, (c) => answered(c, schema, work))
  }

  on('inbound', inboundSchema, (input) => receive(deps, input))
  on('inbound/batch', batchSchema, ({ messages }) => receiveBatch(deps, messages))

  on('echo', echoSchema, (input) => echo(deps, input))

  app.get('/__sandbox/webhooks', (c) => c.json(outbox.list()))
  app.delete('/__sandbox/webhooks', (c) => {
    outbox.clear()
    return c.body(null, 204)
  })
  app.get('/__sandbox/settings', (c) => c.json(world.settings))
  app.delete('/__sandbox/settings', (c) => {
    Object.assign(world.settings, structuredClone(defaultSettings))
    world.touch()
    return c.body(null, 204)
  })
  on('settings', settingsSchema.partial().extend({ onboarding: onboardingChange.optional() }), (input) => {
    const { onboarding, ...changes } = input
    Object.assign(world.settings, changes)
    if (onboarding !== undefined) {
      world.settings.onboarding = changedOnboarding(world.settings.onboarding, onboarding)
    }
    player.resume()
    world.touch()
    return world.settings
  })
  on(
    'customer',
    customerSchema,
    ({ customerId: _id, from: _from, userId: _user, phoneNumberId: _phone, failCode, ...changes }) => {
      const customer = knownCustomer(world, { customerId: _id, from: _from, userId: _user })
      if (customer === undefined) throw new InputError('there is no such customer')
      Object.assign(customer, changes)
      if (failCode === null) delete customer.failCode
      else if (failCode !== undefined) customer.failCode = failCode
      player.resume()
      world.touch()
      return customer
    },
  )
  on('read', readSchema, (input) => markReadByCustomer(deps, input))
  on('template', templateSchema, ({ id, status, reason }) => {
    const template = world.state.templates[id]
    if (template === undefined) throw new InputError(`there is no template ${id}`)
    decideTemplate(deps, template, { status, ...(reason === undefined ? {} : { reason }) })
    return template
  })
  on('number', numberSchema, ({ phoneNumberId, ...changes }) => {
    const number = world.state.numbers[phoneNumberId]
    if (number === undefined) throw new InputError(`there is no number ${phoneNumberId}`)
    Object.assign(number, changes)
    world.touch()
    return number
  })
  on('account', accountSchema, ({ wabaId, businessVerificationStatus, ...changes }) => {
    const waba = world.state.wabas[wabaId]
    const business = waba === undefined ? undefined : world.state.businesses[waba.businessId]
    if (waba === undefined || business === undefined) throw new InputError(`there is no account ${wabaId}`)
    Object.assign(waba, changes)
    if (businessVerificationStatus !== undefined) business.verificationStatus = businessVerificationStatus
    world.touch()
    return { ...waba, business }
  })
  on('token', tokenSchema, (input) => changeToken(deps, input))
  on('code', z.object({ token: z.string() }), ({ token }) => {
    if (!world.state.tokens.some((each) => each.token === token)) throw new InputError('token: not known')
    const code = randomUUID()
    world.state.codes.push({ code, token, isUsed: false, expiresAt: world.clock.now() + CODE_LIFE_MS })
    world.touch()
    return { code }
  })
}

/** Makes a token, or changes one: revoked, expired, other scopes or accounts. */
function changeToken({ world }: Deps, { token, wabaIds, ...changes }: z.infer<typeof tokenSchema>): object {
  const known = world.state.tokens.find((each) => each.token === token)
  if (known !== undefined) Object.assign(known, changes, wabaIds === undefined ? {} : { wabaIds })
  else {
    const [first] = world.state.tokens
    if (first === undefined) throw new InputError('there is no token to copy the app from')
    const businessId = world.state.wabas[wabaIds?.[0] ?? '']?.businessId ?? first.businessId
    const made = { ...first, token, businessId, isRevoked: false, expiresAt: 0, wabaIds: wabaIds ?? first.wabaIds }
    world.state.tokens.push(Object.assign(made, changes))
  }
  world.touch()
  return { token }
}

/** The customer opens the chat: answers that are delivered become read, up to `messageId` where one is given. */
function markReadByCustomer({ world, player }: Deps, input: z.infer<typeof readSchema>): object {
  const customer = knownCustomer(world, input)
  if (customer === undefined) throw new InputError('there is no such customer')
  const numberIds = input.phoneNumberId === undefined ? Object.keys(world.state.numbers) : [input.phoneNumberId]
  const chat = numberIds.flatMap((id) => world.chat(customer.id, id))
  const last = input.messageId === undefined ? chat.length : chat.findIndex(({ id }) => id === input.messageId) + 1
  const read = chat.slice(0, last).filter((message) => message.direction === 'out' && message.status === 'delivered')
  for (const message of read) player.report(message, 'read')
  return { read: read.map(({ id }) => id) }
}

async function answered<Shape extends z.ZodType>(
  context: Context,
  schema: Shape,
  work: (input: z.infer<Shape>) => object,
): Promise<Response> {
  const parsed = schema.safeParse(await context.req.json().catch(() => undefined))
  if (!parsed.success) return Response.json({ error: z.prettifyError(parsed.error) }, { status: 400 })
  try {
    return Response.json(work(parsed.data))
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return Response.json({ error: error.message }, { status: 400 })
  }
}
