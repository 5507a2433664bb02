import {
  adminSessionBodySchema,
  adminSessionSchema,
  deskAnswerSchema,
  installKeySchema,
} from '../../../contract/index.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { authOf } from '../sessions/session.middleware.ts'
import { createAdminSessionPorts } from './admin-session.ports.ts'
import { openAdminSession } from './admin-session.usecases.ts'
import { createDeskPorts, createDisconnectPorts } from './desk.ports.ts'
import { disconnectDesk, refreshDesk } from './desk.usecases.ts'
import { createInstallKeyPorts } from './install-key.ports.ts'
import { replaceInstallKey } from './install-key.usecases.ts'
import { requireVisitorPermit } from './visitors.middleware.ts'

const tags = ['Administration']
const deskAnswer = jsonAnswer(named('DeskAnswer', deskAnswerSchema), 'How Desk is connected now.')

const openSession = defineRoute('public', {
  method: 'post',
  path: '/api/admin/session',
  tags,
  summary: 'Open an administrator’s session',
  description:
    'Takes the code of the sign-in window within 60 s, once, from the page that made the verifier of its challenge.',
  request: {
    body: {
      required: true,
      content: { 'application/json': { schema: named('AdminSessionBody', adminSessionBodySchema) } },
    },
  },
  responses: {
    200: jsonAnswer(named('AdminSession', adminSessionSchema), 'A proof of 30 minutes.'),
    401: { description: 'The code is worth nothing (any more), or the verifier is another.' },
  },
})

const installKey = defineRoute('administrator', {
  method: 'post',
  path: '/api/admin/install-key',
  tags,
  summary: 'Make a new install key',
  description:
    'The key is answered this one time. The former one is worth nothing from then on, and every session of the organisation is over; ' +
    '`session` of the answer is the administrator’s own from then on.',
  responses: { 200: jsonAnswer(named('InstallKey', installKeySchema), 'The new key.') },
})

const refresh = defineRoute('administrator', {
  method: 'post',
  path: '/api/admin/desk/refresh',
  tags,
  summary: 'Read departments and edition of Desk again',
  responses: {
    200: deskAnswer,
    409: { description: 'Desk is not connected.' },
    503: { description: 'Desk does not answer.' },
  },
})

const disconnect = defineRoute('administrator', {
  method: 'post',
  path: '/api/admin/disconnect',
  tags,
  summary: 'Disconnect Desk',
  description: 'What is stored stays readable; what customers write is stored and waits. Can be repeated.',
  responses: { 200: deskAnswer },
})

export const administrationRoutes = createRouter()
  .openapi(openSession, async (c) => {
    await requireVisitorPermit(c, 'session')
    const ports = createAdminSessionPorts(c.env, new URL(c.req.url).origin)
    return c.json(await openAdminSession(ports, c.req.valid('json')), 200)
  })
  .openapi(installKey, async (c) => {
    const { scope, session } = authOf(c)
    return c.json(await replaceInstallKey(createInstallKeyPorts(c.env, scope), scope, session), 200)
  })
  .openapi(refresh, async (c) => {
    const { scope } = authOf(c)
    return c.json({ desk: await refreshDesk(createDeskPorts(c.env, scope)) }, 200)
  })
  .openapi(disconnect, async (c) => {
    const { scope, session } = authOf(c)
    const actor = { kind: 'administrator', id: session.agentId, name: session.name } as const
    return c.json({ desk: await disconnectDesk(createDisconnectPorts(c.env, scope), actor) }, 200)
  })
