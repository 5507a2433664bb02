import type { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from './platform/app-env.ts'
import { VERSION } from './platform/version.ts'

const SECURITY_SCHEMES = {
  session: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'Token of POST /api/session, 15 minutes.',
  },
  administrator: {
    type: 'http',
    scheme: 'bearer',
    description: 'Token of POST /api/admin/session, 30 minutes: a proof that an administrator signed in to Zoho.',
  },
  installKey: {
    type: 'http',
    scheme: 'bearer',
    description: "The extension's install key; Desk's proxy puts it in.",
  },
  operator: { type: 'http', scheme: 'bearer', description: 'OPERATOR_TOKEN of the deployment.' },
  metaSignature: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Hub-Signature-256',
    description: "`sha256=` and the hex HMAC-SHA256 of the raw body under the Meta app's secret.",
  },
} as const

/**
 * Makes the OpenAPI 3.1 description of every route of an app, from the schemas the routes check with. Made when first asked for,
 * since routes are added after this.
 */
export function createApiDescription(app: OpenAPIHono<AppEnv>): (origin: string) => Record<string, unknown> {
  for (const [name, scheme] of Object.entries(SECURITY_SCHEMES)) {
    app.openAPIRegistry.registerComponent('securitySchemes', name, scheme)
  }
  let document: Record<string, unknown> | null = null
  return (origin) => {
    document ??= {
      ...app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: 'Kaiwa', version: VERSION, description: 'WhatsApp conversations inside Zoho Desk.' },
      }),
    }
    return { ...document, servers: [{ url: origin }] }
  }
}
