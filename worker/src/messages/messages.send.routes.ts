import { z } from '@hono/zod-openapi'
import {
  conversationIdSchema,
  messageIdSchema,
  sendMessageAnswerSchema,
  sendMessageBodySchema,
  settleMessageBodySchema,
} from '../../../contract/index.ts'
import { createConversationsRepo } from '../conversations/conversations.repo.ts'
import { getConversation } from '../conversations/conversations.usecases.ts'
import { createMediaRepo } from '../media/media.repo.ts'
import { refetchMedia } from '../media/media.usecases.ts'
import { systemClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import type { Auth } from '../platform/session.ts'
import { authOf, visibilityOf } from '../sessions/session.middleware.ts'
import type { Deed } from './deeds.repo.ts'
import { createReadPorts } from './messages.read.ports.ts'
import { listMessageViewsBySeq } from './messages.read.usecases.ts'
import { sendErrors } from './sends.errors.ts'
import { sendDeps } from './sends.deps.ts'
import { acceptText, cancelMessage, retryMessage, settleMessage } from './sends.usecases.ts'

const conversationParams = z.object({ id: conversationIdSchema })
const messageParams = conversationParams.extend({ messageId: messageIdSchema })
const answer = named('SendMessageAnswer', sendMessageAnswerSchema)
const jsonBody = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})

const sendRoute = defineRoute('agent', {
  method: 'post',
  path: '/api/conversations/{id}/messages',
  summary: 'Send a text to the customer',
  description:
    'The same clientId again is the same message. Refused with messages.window_closed outside the 24-hour window.',
  request: { params: conversationParams, ...jsonBody(named('SendMessageBody', sendMessageBodySchema)) },
  responses: {
    201: jsonAnswer(answer, 'Accepted for sending.'),
    200: jsonAnswer(answer, 'This clientId was accepted before; nothing is sent again.'),
    409: {
      description: 'The window is closed, a limit refuses it (quota.*), or the clientId belongs to another text.',
    },
  },
})

const retryRoute = defineRoute('agent', {
  method: 'post',
  path: '/api/conversations/{id}/messages/{messageId}/retry',
  summary: 'Try again what failed: send a message once more, or fetch a customer’s file again',
  request: { params: messageParams },
  responses: {
    200: jsonAnswer(answer, 'Queued for exactly one new call.'),
    409: { description: 'It did not fail, or the window is closed.' },
  },
})

const settleRoute = defineRoute('agent', {
  method: 'post',
  path: '/api/conversations/{id}/messages/{messageId}/settle',
  summary: 'Decide about a message whose answer was lost',
  request: { params: messageParams, ...jsonBody(named('SettleMessageBody', settleMessageBodySchema)) },
  responses: { 200: jsonAnswer(answer, 'Settled.'), 409: { description: 'It is not unknown any more.' } },
})

const cancelRoute = defineRoute('agent', {
  method: 'post',
  path: '/api/conversations/{id}/messages/{messageId}/cancel',
  summary: 'Take a message back that waits to be sent',
  description: 'As those of a channel that is switched off.',
  request: { params: messageParams },
  responses: { 200: jsonAnswer(answer, 'Taken back.'), 409: { description: 'It does not wait any more.' } },
})

export const messageSendRoutes = createRouter()
  .openapi(sendRoute, async (c) => {
    const { id } = c.req.valid('param')
    const auth = authOf(c)
    await mayAnswer(auth, id)
    const { session } = auth
    const accepted = await acceptText(
      sendDeps(c.env, auth.scope, id),
      { id: session.agentId, name: session.name },
      id,
      c.req.valid('json'),
    )
    return c.json(await view(c.env, auth, id, accepted.row.seq), accepted.isNew ? 201 : 200)
  })
  .openapi(retryRoute, async (c) => {
    const { id, messageId } = c.req.valid('param')
    const auth = authOf(c)
    const deed = await mayAnswer(auth, id)
    const seq = Number(messageId.slice(1))
    const isFile = await refetchMedia(mediaDeps(c.env, auth), id, seq)
    if (!isFile) await retryMessage(sendDeps(c.env, auth.scope, id), id, seq, deed)
    return c.json(await view(c.env, auth, id, seq), 200)
  })
  .openapi(settleRoute, async (c) => {
    const { id, messageId } = c.req.valid('param')
    const auth = authOf(c)
    const deed = await mayAnswer(auth, id)
    const { outcome } = c.req.valid('json')
    const row = await settleMessage(sendDeps(c.env, auth.scope, id), id, Number(messageId.slice(1)), outcome, deed)
    return c.json(await view(c.env, auth, id, row.seq), 200)
  })
  .openapi(cancelRoute, async (c) => {
    const { id, messageId } = c.req.valid('param')
    const auth = authOf(c)
    const deed = await mayAnswer(auth, id)
    const row = await cancelMessage(sendDeps(c.env, auth.scope, id), id, Number(messageId.slice(1)), deed)
    return c.json(await view(c.env, auth, id, row.seq), 200)
  })

/** The conversation must be one the agent may see; 404 otherwise. Resolves to who decides something there. */
async function mayAnswer({ scope, session }: Auth, conversationId: string): Promise<Deed> {
  const { channel } = await getConversation(
    { repo: createConversationsRepo(scope), clock: systemClock },
    visibilityOf(session),
    conversationId,
  )
  return { actor: { kind: 'agent', id: session.agentId, name: session.name }, target: channel.name }
}

function mediaDeps(env: Env, { scope }: Auth) {
  const { orgId, shard } = scope
  return {
    repo: createMediaRepo(scope),
    clock: systemClock,
    enqueue: async (messageSeq: number) =>
      void (await env.BACKGROUND.send({ kind: 'fetch_media', orgId, shard, messageSeq })),
  }
}

async function view(env: Env, { scope }: Auth, conversationId: string, seq: number) {
  const [message] = await listMessageViewsBySeq(createReadPorts(readConfig(env), scope, systemClock), conversationId, [
    seq,
  ])
  if (message === undefined) throw sendErrors.notFound()
  return { message }
}
