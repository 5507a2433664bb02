import type { NotDescribed } from '../contract/not-described.ts'

const OAUTH = 'Facebook Login, not WhatsApp'

/** Calls of the Graph API that Meta documents elsewhere; the first step of a path is the version where it has one. */
export const metaNotDescribed: readonly NotDescribed[] = [
  { id: 'oauth-access-token', method: 'GET', template: '/oauth/access_token', why: OAUTH },
  { id: 'oauth-access-token-of-a-version', method: 'GET', template: '/{Version}/oauth/access_token', why: OAUTH },
  { id: 'debug-token', method: 'GET', template: '/debug_token', why: OAUTH },
  { id: 'debug-token-of-a-version', method: 'GET', template: '/{Version}/debug_token', why: OAUTH },
  {
    id: 'app-subscriptions-read',
    method: 'GET',
    template: '/{Version}/{Application-ID}/subscriptions',
    why: 'Graph webhooks of every product',
  },
  {
    id: 'app-subscriptions-set',
    method: 'POST',
    template: '/{Version}/{Application-ID}/subscriptions',
    why: 'Graph webhooks of every product',
  },
  {
    id: 'media-bytes',
    method: 'GET',
    template: '/whatsapp_business/attachments/',
    why: 'the address of a file is an answer of GET /{Media-ID}, on a host of its own',
  },
]

/** Webhook fields of which the description has no value; their frame is checked all the same. */
export const fieldsNotDescribed: readonly string[] = ['account_update', 'message_template_status_update']
