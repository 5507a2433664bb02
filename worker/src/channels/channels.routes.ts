import { z } from '@hono/zod-openapi'
import {
  changeChannelBodySchema,
  channelIdSchema,
  channelListSchema,
  channelViewSchema,
  createChannelBodySchema,
} from '../../../contract/index.ts'
import type { Actor } from '../audit/audit.repo.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import type { AgentSession } from '../platform/session.ts'
import { authOf } from '../sessions/session.middleware.ts'
import { createChannelDeps, listChannelViews } from './channels.ports.ts'
import { changeChannel, createChannel } from './channels.usecases.ts'

const tags = ['Channels']
const params = z.object({ id: channelIdSchema })
const view = named('Channel', channelViewSchema)
const jsonBody = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})

const list = defineRoute('admin', {
  method: 'get',
  path: '/api/channels',
  tags,
  summary: 'The channels, and how many there may be',
  responses: { 200: jsonAnswer(named('ChannelList', channelListSchema), 'Every channel, removed ones too.') },
})

const create = defineRoute('administrator', {
  method: 'post',
  path: '/api/channels',
  tags,
  summary: 'Make the channel of a number',
  description: 'A number has one channel: the same request again finds it. The first channel starts the trial.',
  request: jsonBody(named('CreateChannelBody', createChannelBodySchema)),
  responses: {
    201: jsonAnswer(view, 'Made.'),
    200: jsonAnswer(view, 'The number had its channel before.'),
    404: { description: 'The number is not connected here.' },
    409: { description: 'There are as many channels as departments, or the number is another organisation’s.' },
  },
})

const change = defineRoute('administrator', {
  method: 'patch',
  path: '/api/channels/{id}',
  tags,
  summary: 'Change a channel',
  description: 'New ticket rules hold for a conversation from its next message on.',
  request: { params, ...jsonBody(named('ChangeChannelBody', changeChannelBodySchema)) },
  responses: { 200: jsonAnswer(view, 'Changed.'), 409: { description: 'The channel was removed.' } },
})

export const channelRoutes = createRouter()
  .openapi(list, async (c) => c.json(await listChannelViews(c.env, authOf(c).scope), 200))
  .openapi(create, async (c) => {
    const { scope, session } = authOf(c)
    const made = await createChannel(createChannelDeps(c.env, scope), actorOf(session), c.req.valid('json'))
    return c.json(made.channel, made.isNew ? 201 : 200)
  })
  .openapi(change, async (c) => {
    const { scope, session } = authOf(c)
    const { id } = c.req.valid('param')
    const deps = createChannelDeps(c.env, scope)
    return c.json(await changeChannel(deps, actorOf(session), id, c.req.valid('json')), 200)
  })

function actorOf({ agentId, name }: AgentSession): Actor {
  return { kind: 'administrator', id: agentId, name }
}
