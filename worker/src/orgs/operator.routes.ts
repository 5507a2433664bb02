import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { createConnectDeps } from './connect-deps.ts'
import { connectedOrganisationSchema, connectOrganisationSchema } from './orgs.schemas.ts'
import { connectOrganisation } from './orgs.usecases.ts'

const connect = defineRoute('operator', {
  method: 'post',
  path: '/operator/organisations',
  tags: ['Operator'],
  summary: 'Connect an organisation',
  description:
    "Connects a portal with Desk's refresh token and its WhatsApp numbers, or connects it again. The install key is answered here " +
    'once; the former one, and every session it opened, are worth nothing afterwards.',
  request: {
    body: {
      required: true,
      content: { 'application/json': { schema: named('ConnectOrganisation', connectOrganisationSchema) } },
    },
  },
  responses: {
    201: jsonAnswer(named('ConnectedOrganisation', connectedOrganisationSchema), 'Connected.'),
    409: { description: 'A number or an account is connected to another organisation.' },
  },
})

export const operatorRoutes = createRouter().openapi(connect, async (c) => {
  return c.json(await connectOrganisation(createConnectDeps(c.env), c.req.valid('json')), 201)
})
