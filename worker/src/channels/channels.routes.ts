import { z } from '@hono/zod-openapi'
import {
  changeChannelBodySchema,
  channelIdSchema,
  channelListSchema,
  channelViewSchema,
  createChannelBodySchema,
  ICON_MAX_BYTES,
  switchOnBodySchema,
} from '../../../contract/index.ts'
import type { Actor } from '../audit/audit.repo.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import type { AgentSession } from '../platform/session.ts'
import { authOf } from '../sessions/session.middleware.ts'
import { createChannelDeps, createIconDeps, createSwitchDeps, listChannelViews } from './channels.ports.ts'
import { changeChannel, createChannel } from './channels.usecases.ts'
import { saveIcon } from './icons.usecases.ts'
import { removeChannel, switchOff, switchOn } from './switches.usecases.ts'

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

const off = defineRoute('administrator', {
  method: 'post',
  path: '/api/channels/{id}/off',
  tags,
  summary: 'Switch a channel off',
  description:
    'When this is answered no call to Meta starts any more. Waiting messages are held and can be taken back.',
  request: { params },
  responses: { 200: jsonAnswer(view, 'Off.'), 409: { description: 'The channel was removed.' } },
})

const on = defineRoute('administrator', {
  method: 'post',
  path: '/api/channels/{id}/on',
  tags,
  summary: 'Switch a channel on again',
  description:
    '`backlog`: which of the conversations that waited get their tickets now, and which of the answers that waited are sent.',
  request: { params, ...jsonBody(named('SwitchOnBody', switchOnBodySchema)) },
  responses: { 200: jsonAnswer(view, 'On.'), 409: { description: 'The channel was removed.' } },
})

const remove = defineRoute('administrator', {
  method: 'delete',
  path: '/api/channels/{id}',
  tags,
  summary: 'Remove a channel',
  description: 'It counts no more. Its conversations stay readable.',
  request: { params },
  responses: { 200: jsonAnswer(view, 'Removed.') },
})

const icon = defineRoute('administrator', {
  method: 'put',
  path: '/api/channels/{id}/icon',
  tags,
  summary: "Give a channel its icon: a PNG or JPEG, by the body's bytes",
  request: {
    params,
    body: {
      required: true,
      content: { 'application/octet-stream': { schema: z.any().openapi({ type: 'string', format: 'binary' }) } },
    },
  },
  responses: {
    200: jsonAnswer(view, 'The channel with its icon.'),
    413: { description: `More than ${ICON_MAX_BYTES} bytes.` },
  },
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
  .openapi(off, async (c) => {
    const { scope, session } = authOf(c)
    return c.json(await switchOff(createSwitchDeps(c.env, scope), actorOf(session), c.req.valid('param').id), 200)
  })
  .openapi(on, async (c) => {
    const { scope, session } = authOf(c)
    const { backlog } = c.req.valid('json')
    const deps = createSwitchDeps(c.env, scope)
    return c.json(await switchOn(deps, actorOf(session), c.req.valid('param').id, backlog), 200)
  })
  .openapi(remove, async (c) => {
    const { scope, session } = authOf(c)
    return c.json(await removeChannel(createSwitchDeps(c.env, scope), actorOf(session), c.req.valid('param').id), 200)
  })
  .openapi(icon, async (c) => {
    const { scope, session } = authOf(c)
    const bytes = new Uint8Array(await c.req.raw.arrayBuffer())
    return c.json(await saveIcon(createIconDeps(c.env, scope), actorOf(session), c.req.valid('param').id, bytes), 200)
  })

function actorOf({ agentId, name }: AgentSession): Actor {
  return { kind: 'administrator', id: agentId, name }
}
