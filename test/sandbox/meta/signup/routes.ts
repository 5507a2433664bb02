import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Context, Hono } from 'hono'
import { javaScriptOf } from '../../desk/pages/assets.routes.ts'
import type { Deps } from '../deps.ts'
import type { World } from '../world.ts'
import { dialogPage, refusedPage } from './page.ts'
import { actionSchema } from './sessions.ts'
import type { Sessions } from './sessions.ts'
import { dialogView } from './view.ts'

const HEADERS = {
  'content-security-policy': "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}
const COEXISTENCE = 'whatsapp_business_app_onboarding'

/** Whether a path is a page of Meta's that people look at, not one of its calls. */
export function isSignupPath(path: string): boolean {
  return /^\/(?:dialog\/|signup\/|(?:[a-z]{2}_[A-Z]{2}\/)?sdk\.js$|v\d+\.\d+\/dialog\/)/.test(path)
}

/** Embedded Signup: the script's stand-in, the dialog that it opens, and hosted signup, which needs neither. */
export function mountSignup(app: Hono, { world }: Deps, sessions: Sessions): void {
  const script = (): Response =>
    file(javaScriptOf(new URL('sdk.ts', import.meta.url)), 'text/javascript; charset=utf-8', {
      'access-control-allow-origin': '*',
    })
  app.get('/sdk.js', script)
  app.get('/:locale{[a-z]{2}_[A-Z]{2}}/sdk.js', script)
  app.get('/dialog/style.css', () => file(sourceOf('style.css'), 'text/css; charset=utf-8'))
  app.get('/dialog/:name{(client/)?[a-z-]+\\.ts}', (c) => {
    const module = new URL(c.req.param('name'), import.meta.url)
    return existsSync(module) ? file(javaScriptOf(module), 'text/javascript; charset=utf-8') : c.body(null, 404)
  })

  app.get('/:version{v[0-9]+\\.[0-9]+}/dialog/oauth', (c) => {
    const reason = whyRefused(world, c)
    if (reason !== undefined) return html(refusedPage(reason), 400)
    const isCoexistence = featureOf(c.req.query('extras')) === COEXISTENCE
    const { id } = sessions.open(c.req.query('client_id') ?? '', { isCoexistence, isHosted: false })
    return html(dialogPage(id, c.req.query('origin') ?? '', c.req.query('state') ?? ''))
  })
  app.get('/signup/:app', (c) => {
    const known = world.state.apps[c.req.param('app')]
    if (known === undefined) return html(refusedPage('Invalid App ID'), 400)
    return html(dialogPage(sessions.open(known.id, { isCoexistence: false, isHosted: true }).id, '', ''))
  })

  app.get('/dialog/api/:session', (c) => {
    const session = sessions.find(c.req.param('session'))
    return session === undefined ? c.json({ error: 'the dialog has ended' }, 404) : c.json(dialogView(world, session))
  })
  app.post('/dialog/api/:session', async (c) => {
    const session = sessions.find(c.req.param('session'))
    const action = actionSchema.safeParse(await c.req.json().catch(() => undefined))
    if (session === undefined || !action.success) return c.json({ error: 'the dialog has ended' }, 404)
    sessions.act(session, action.data)
    return c.json(dialogView(world, session))
  })
}

/** What Facebook says instead of opening the dialog. */
function whyRefused(world: World, c: Context): string | undefined {
  const app = world.state.apps[c.req.query('client_id') ?? '']
  if (app === undefined) return 'Invalid App ID: The provided app ID does not look like a valid app ID.'
  if (app.loginConfigIds?.includes(c.req.query('config_id') ?? '') !== true)
    return 'The Login configuration is not valid for this app (config_id).'
  if (c.req.query('response_type') !== 'code' || c.req.query('override_default_response_type') !== 'true')
    return 'A business login needs response_type=code and override_default_response_type=true.'
  const allowed = world.settings.onboarding.allowedOrigins ?? originsOf(app.callbackUrl)
  if (!allowed.includes(c.req.query('origin') ?? ''))
    return "JSSDK Option is Not Toggled, or the domain of this URL isn't included in the app's domains."
  return undefined
}

function originsOf(callbackUrl: string | null): string[] {
  return callbackUrl === null ? [] : [new URL(callbackUrl).origin]
}

function featureOf(extras: string | undefined): unknown {
  try {
    const parsed: unknown = JSON.parse(extras ?? '{}')
    return typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'featureType') : undefined
  } catch {
    return undefined
  }
}

function sourceOf(name: string): string {
  return readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8')
}

function html(text: string, status = 200): Response {
  return new Response(text, { status, headers: { ...HEADERS, 'content-type': 'text/html; charset=utf-8' } })
}

function file(text: string, type: string, more: Record<string, string> = {}): Response {
  return new Response(text, { headers: { ...HEADERS, 'content-type': type, ...more } })
}
