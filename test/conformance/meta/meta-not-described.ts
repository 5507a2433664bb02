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
    id: 'business-app-sync',
    method: 'POST',
    template: '/{Version}/{Phone-Number-ID}/smb_app_data',
    why: 'coexistence is documented in pages only',
  },
  {
    id: 'business-token',
    method: 'POST',
    template: '/{Version}/{Business-ID}/system_user_access_tokens',
    why: 'of the Marketing API; hosted signup is documented in pages only',
  },
  {
    id: 'media-bytes',
    method: 'GET',
    template: '/whatsapp_business/attachments/',
    why: 'the address of a file is an answer of GET /{Media-ID}, on a host of its own',
  },
]

/** Webhook fields of which the description has no value; their frame is checked all the same. */
export const fieldsNotDescribed: readonly string[] = [
  'account_review_update',
  'account_update',
  'business_capability_update',
  'history',
  'message_template_status_update',
  'phone_number_name_update',
  'phone_number_quality_update',
  'security',
  'smb_app_state_sync',
  'smb_message_echoes',
]
