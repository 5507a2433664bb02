import { z } from 'zod'
import { createRouter, defineRoute } from '../platform/router.ts'
import { handleWebhook } from './door.ts'

const handshakeQuery = z.object({
  'hub.mode': z.string().optional(),
  'hub.challenge': z.string().optional(),
  'hub.verify_token': z.string().optional(),
})
const pathParams = z.object({ path: z.string().max(200) })
const challenge = { description: 'The challenge.', content: { 'text/plain': { schema: z.string() } } }
const refusal = { description: 'Not signed by Meta, or the verify token is another.' }

const handshake = {
  tags: ['Webhooks'],
  summary: 'Verify the callback address',
  responses: { 200: challenge, 401: refusal },
}
const delivery = {
  tags: ['Webhooks'],
  summary: 'Receive events of WhatsApp',
  description:
    'The body is JSON of at most 4 MB, signed over its raw bytes in `X-Hub-Signature-256`. It is stored before the answer; what is in ' +
    'it never changes the answer.',
  responses: {
    200: { description: 'Stored.' },
    401: refusal,
    413: { description: 'Over 4 MB, not read.' },
    503: { description: 'Not all of it could be stored; send it again.' },
  },
}

const ownGet = defineRoute('signature', {
  ...handshake,
  method: 'get',
  path: '/webhooks/whatsapp',
  request: { query: handshakeQuery },
})
const ownPost = defineRoute('signature', { ...delivery, method: 'post', path: '/webhooks/whatsapp' })
const appGet = defineRoute('signature', {
  ...handshake,
  method: 'get',
  path: '/webhooks/whatsapp/{path}',
  request: { query: handshakeQuery, params: pathParams },
})
const appPost = defineRoute('signature', {
  ...delivery,
  method: 'post',
  path: '/webhooks/whatsapp/{path}',
  request: { params: pathParams },
})

/** Meta's webhooks: our own app's, and those of apps that customers bring. Each checks its signature itself. */
export const webhookRoutes = createRouter()
  .openapi(ownGet, (c) => handleWebhook(c.req.raw, c.env, c.executionCtx))
  .openapi(ownPost, (c) => handleWebhook(c.req.raw, c.env, c.executionCtx))
  .openapi(appGet, (c) => handleWebhook(c.req.raw, c.env, c.executionCtx, c.req.valid('param').path))
  .openapi(appPost, (c) => handleWebhook(c.req.raw, c.env, c.executionCtx, c.req.valid('param').path))
