import type { Deps } from '../deps.ts'
import { newWamid } from '../ids.ts'
import { pricingOf } from '../pricing.ts'
import { asText, chatKey, isJson } from '../state.ts'
import type { Json, NumberRecord, StoredMessage } from '../state.ts'
import { shape, text } from './checks.ts'
import { badParameter, GraphError } from './errors.ts'
import { attachMedia, mediaProblemOf } from './message-media.ts'
import { messageTypes } from './message-rules.ts'
import { failureOf, isAtOnce } from './outcome.ts'
import { reactionProblem, showReaction } from './reactions.ts'
import { markRead } from './read-receipts.ts'
import { recipientOf } from './recipients.ts'
import type { Recipient } from './recipients.ts'
import { renderTemplate } from './template-rules.ts'
import type { Rendered } from './template-rules.ts'

const FREE_ENTRY_SECONDS = 72 * 3_600
const ANSWER_WITHIN_SECONDS = 24 * 3_600

const contextRules = shape({ message_id: text() }, { required: ['message_id'] })

type Content = { type: string; object: unknown; template?: Rendered & { category: string } }

/** `POST /{phone}/messages`: a message of any type, or a read receipt. Answers as Graph does, or throws its error. */
export function postMessage(deps: Deps, number: NumberRecord, body: Json): Json {
  if (body['messaging_product'] !== 'whatsapp') throw badParameter('The parameter messaging_product is required.')
  refuseIfBarred(deps, number)
  if (body['status'] !== undefined) return markRead(deps, number, body)

  const content = contentOf(deps, number, body)
  refuseIfRestricted(deps, number, content.type === 'template')
  refuseBadFrame(body)
  const recipient = recipientOf(deps.world, number, body)
  if (recipient.isByUserId && content.template?.category === 'authentication') {
    throw new GraphError(131062, 'Authentication templates cannot be sent to a business-scoped user id.')
  }
  const media = attachMedia(deps, number, content.type, content.object)
  refuseIfTooFast(deps, number, recipient)
  const message = messageOf(deps, number, body, content, recipient)
  const decide = (mediaProblem: string | undefined): StoredMessage['failWith'] =>
    failureOf({
      settings: deps.world.settings,
      customer: recipient.customer,
      isTemplate: content.type === 'template',
      isWindowOpen: deps.world.isWindowOpen(recipient.customer.id, number.id),
      isBillable: message.pricing?.['billable'] === true,
      hasPaymentMethod: deps.world.wabaOf(number).hasPaymentMethod,
      targetProblem: reactionProblem(deps.world, message),
      mediaProblem,
    })

  const failed = decide(media.problem)
  if (failed !== undefined && isAtOnce(failed, deps.world.settings)) throw new GraphError(failed.code, failed.details)
  if (failed !== undefined) message.failWith = failed
  if (media.record !== undefined) message.mediaId = media.record.id
  accept(deps, number, message, recipient)
  if (media.link === undefined) deps.player.advance(message)
  else void followLink(deps, message, content, media.link)
  return {
    messaging_product: 'whatsapp',
    contacts: [recipient.contact],
    messages: [{ id: message.id, message_status: 'accepted' }],
  }
}

function refuseIfBarred({ world }: Deps, number: NumberRecord): void {
  const isBanned = world.wabaOf(number).isBanned === true || number.status === 'BANNED'
  if (world.settings.accountLocked || isBanned) throw new GraphError(131031, 'The account has been locked.')
  if (!number.isRegistered || number.status !== 'CONNECTED') {
    throw new GraphError(133010, 'Phone number is not registered. Please register and try again.')
  }
}

/** A restriction stops what the business begins (templates), or answers to customers, until it ends. */
function refuseIfRestricted({ world }: Deps, number: NumberRecord, isTemplate: boolean): void {
  const stops = isTemplate ? 'RESTRICTED_BIZ_INITIATED_MESSAGING' : 'RESTRICTED_CUSTOMER_INITIATED_MESSAGING'
  const now = world.nowSeconds()
  const { restrictions = [] } = world.wabaOf(number)
  if (restrictions.some(({ type, until }) => type === stops && until > now))
    throw new GraphError(368, 'The WhatsApp Business Account has been restricted for violating a platform policy.')
}

/** The parts every message has beside its type. */
function refuseBadFrame(body: Json): void {
  const problem =
    (body['context'] === undefined ? undefined : contextRules(body['context'], 'context')) ??
    (body['biz_opaque_callback_data'] === undefined
      ? undefined
      : text({ max: 512 })(body['biz_opaque_callback_data'], 'biz_opaque_callback_data'))
  if (problem !== undefined) throw badParameter(problem.details)
  const recipientType = body['recipient_type'] ?? 'individual'
  if (recipientType !== 'individual' && recipientType !== 'group') {
    throw badParameter('Param recipient_type must be one of {INDIVIDUAL, GROUP}.')
  }
  if (recipientType === 'group') throw new GraphError(131009, 'Param to names no group of this number')
}

function contentOf({ world }: Deps, number: NumberRecord, body: Json): Content {
  const given = body['type'] ?? 'text'
  const type = asText(given).toLowerCase()
  const rules = Object.hasOwn(messageTypes, type) ? messageTypes[type] : undefined
  if (rules === undefined) {
    const known = Object.keys(messageTypes).join(', ').toUpperCase()
    throw badParameter(`Param type must be one of {${known}} - got "${asText(given)}".`)
  }
  const object = body[type]
  if (object === undefined) throw new GraphError(131008, `Parameter '${type}' is mandatory for type '${type}'`)
  const problem = rules.check(object, type)
  if (problem !== undefined) {
    if (problem.kind === 'missing') throw new GraphError(131008, problem.details)
    if (problem.kind === 'unexpected' || rules.invalidCode === 100) throw badParameter(problem.details)
    throw new GraphError(rules.invalidCode, problem.details)
  }
  if (type !== 'template' || !isJson(object)) return { type, object }
  const own = Object.values(world.state.templates).filter((template) => template.wabaId === number.wabaId)
  const { template, ...rendered } = renderTemplate(object, own)
  return { type, object, template: { ...rendered, category: template.category.toLowerCase() } }
}

function refuseIfTooFast({ world, pairs, throughput }: Deps, number: NumberRecord, { customer }: Recipient): void {
  const now = world.clock.now()
  if (throughput.within(number.id, now) >= world.settings.throughputPerSecond) {
    throw new GraphError(
      130429,
      'Message failed to send because there were too many messages sent from this phone number in a short period of time',
    )
  }
  if (world.settings.pairLimit && !pairs.isFree(chatKey(customer.id, number.id), now)) {
    throw new GraphError(
      131056,
      'Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time',
    )
  }
}

function messageOf(
  { world }: Deps,
  number: NumberRecord,
  body: Json,
  { type, object, template }: Content,
  { customer, input, isByUserId }: Recipient,
): StoredMessage {
  const callbackData = body['biz_opaque_callback_data']
  const chat = chatKey(customer.id, number.id)
  return {
    id: newWamid(customer.waId ?? customer.id),
    direction: 'out',
    phoneNumberId: number.id,
    customerId: customer.id,
    type,
    timestamp: world.nowSeconds(),
    content: { [type]: object, ...(body['context'] === undefined ? {} : { context: body['context'] }) },
    input,
    isByUserId,
    status: 'accepted',
    statuses: [],
    ...(typeof callbackData === 'string' ? { callbackData } : {}),
    ...(template === undefined ? {} : { rendered: template }),
    pricing: pricingOf({
      ...(template === undefined ? {} : { category: template.category }),
      isWindowOpen: world.isWindowOpen(customer.id, number.id),
      isFreeEntry: (world.state.entryPoints[chat]?.freeUntil ?? 0) > world.nowSeconds(),
      at: world.nowSeconds(),
      serviceChargeFrom: world.settings.serviceChargeFrom,
    }),
    reactions: [],
  }
}

function accept(
  { world, pairs, throughput, typing }: Deps,
  number: NumberRecord,
  message: StoredMessage,
  { customer }: Recipient,
): void {
  const now = world.clock.now()
  const chat = chatKey(customer.id, number.id)
  pairs.count(chat, now)
  throughput.add(number.id, now)
  typing.end(chat)
  world.addMessage(message)
  if (message.failWith === undefined) showReaction(world, message)
  const entry = world.state.entryPoints[chat]
  // The first answer within 24 hours of the ad makes 72 hours free.
  if (entry !== undefined && entry.freeUntil === undefined && world.nowSeconds() < entry.adAt + ANSWER_WITHIN_SECONDS) {
    entry.freeUntil = world.nowSeconds() + FREE_ENTRY_SECONDS
  }
  world.touch()
}

/** The answer was given; the file is fetched now, and the message fails later when it cannot be had. */
async function followLink(deps: Deps, message: StoredMessage, content: Content, link: string): Promise<void> {
  const fetched = await deps.links.fetch(link)
  const problem = mediaProblemOf(content.type, content.object, fetched)
  if (problem !== undefined) message.failWith ??= { code: 131053, details: problem }
  else if (fetched !== undefined) {
    message.mediaId = deps.media.add({ phoneNumberId: message.phoneNumberId, origin: 'upload', ...fetched }).id
  }
  deps.player.advance(message)
}
