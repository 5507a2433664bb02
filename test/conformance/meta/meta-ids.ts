import { demoMeta } from '../../sandbox/demo.ts'
import type { Exchange } from '../contract/exchange.ts'
import { isObject, objectsIn } from '../contract/json.ts'

export type MetaKind = 'phone' | 'waba' | 'business' | 'media' | 'template' | 'app'

/** What the description calls the id of an object of each kind. */
const PARAMETERS: Record<MetaKind, string> = {
  phone: '{Phone-Number-ID}',
  waba: '{WABA-ID}',
  business: '{Business-ID}',
  media: '{Media-ID}',
  template: '{TEMPLATE_ID}',
  app: '{Application-ID}',
}

export const parameterOf = (kind: MetaKind): string => PARAMETERS[kind]

/** Edges that only one kind of object has; here the path tells the kind. */
const EDGES: Readonly<Record<string, MetaKind>> = {
  messages: 'phone',
  media: 'phone',
  register: 'phone',
  deregister: 'phone',
  request_code: 'phone',
  verify_code: 'phone',
  whatsapp_business_profile: 'phone',
  smb_app_data: 'phone',
  username: 'phone',
  phone_numbers: 'waba',
  subscribed_apps: 'waba',
  message_templates: 'waba',
  subscriptions: 'app',
  owned_whatsapp_business_accounts: 'business',
  client_whatsapp_business_accounts: 'business',
  system_user_access_tokens: 'business',
}

/**
 * Which kind of object an id names. Fifteen paths of the description look the same (`/{Version}/{X}`), so the ids of the
 * demo are known and others are learnt from what calls answer.
 */
export class MetaIds {
  readonly #kinds = new Map<string, MetaKind>([
    [demoMeta.phoneNumberId, 'phone'],
    [demoMeta.secondPhoneNumberId, 'phone'],
    [demoMeta.other.phoneNumberId, 'phone'],
    [demoMeta.wabaId, 'waba'],
    [demoMeta.other.wabaId, 'waba'],
    [demoMeta.businessId, 'business'],
    [demoMeta.other.businessId, 'business'],
    [demoMeta.appId, 'app'],
    [demoMeta.template.id, 'template'],
  ])

  add(id: string, kind: MetaKind): void {
    this.#kinds.set(id, kind)
  }

  kindOf(id: string, edge: string): MetaKind | undefined {
    return (Object.hasOwn(EDGES, edge) ? EDGES[edge] : undefined) ?? this.#kinds.get(id)
  }

  /** Notes the ids in the answer of a call. */
  learn({ method, path, status, answer }: Exchange): void {
    if (status !== 200 || !isObject(answer)) return
    const [, , id = '', edge = ''] = path.split('/')
    if (method === 'POST' && edge === 'media') this.#note(answer, 'media')
    if (method === 'POST' && edge === 'message_templates') this.#note(answer, 'template')
    if (method === 'POST' && edge === 'phone_numbers') this.#note(answer, 'phone')
    if (method === 'GET' && edge === 'message_templates')
      objectsIn(answer['data']).forEach((item) => this.#note(item, 'template'))
    if (method === 'GET' && edge === 'phone_numbers')
      objectsIn(answer['data']).forEach((item) => this.#note(item, 'phone'))
    // The id of a file that a customer sent is only in the webhook.
    if (method === 'GET' && edge === '' && 'mime_type' in answer && 'sha256' in answer) this.add(id, 'media')
  }

  #note({ id }: Readonly<Record<string, unknown>>, kind: MetaKind): void {
    if (typeof id === 'string') this.add(id, kind)
  }
}
