import { createRouter, defineRoute } from '../platform/router.ts'
import { createCallbackPorts } from './callbacks.ports.ts'
import { hearCallback } from './callbacks.usecases.ts'

const callback = defineRoute('signature', {
  method: 'post',
  path: '/desk/callback',
  tags: ['Webhooks'],
  summary: 'Hear of installations of the extension',
  description:
    "The manifest's `callbackListener`. The body is JSON, signed over its raw bytes in `HASH` (HMAC-SHA256 in hex, with the manifest's " +
    '`secret`).',
  responses: { 204: { description: 'Heard.' }, 401: { description: 'Not signed by Desk.' } },
})

export const callbackRoutes = createRouter().openapi(callback, async (c) => {
  const body = new TextDecoder().decode(await c.req.arrayBuffer())
  await hearCallback(createCallbackPorts(c.env), body, c.req.header('HASH') ?? '')
  return c.body(null, 204)
})
