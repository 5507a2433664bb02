import type { Hono } from 'hono'
import { existsSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'
import { shellPage } from './shell.ts'

const SCRIPT = 'text/javascript; charset=utf-8'
const CLIENT = new URL('../client/', import.meta.url)
const SDK = new URL('../sdk/sdk.ts', import.meta.url)

/** The Desk pages, their modules, and the stand-in for the SDK at the address the real one's name ends with. */
export function addAssetRoutes(app: Hono, widgetOrigin: string): void {
  const shell = (): Response =>
    new Response(shellPage(), {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policy(widgetOrigin),
        ...NO_CACHE,
      },
    })
  app.get('/', shell)
  app.get('/support/:portal/ShowHomePage.do', shell)
  app.get('/client/:file{[a-z-]+\\.ts}', (c) => script(new URL(c.req.param('file'), CLIENT)))
  app.get('/client/desk.css', (c) =>
    c.body(readFileSync(new URL('desk.css', CLIENT)), 200, { 'content-type': 'text/css', ...NO_CACHE }),
  )
  app.get('/sdk/ZohoDeskClientSDK.min.js', () => script(SDK))
}

const NO_CACHE = { 'cache-control': 'no-cache' }

function policy(widgetOrigin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    `img-src 'self' data: ${widgetOrigin}`,
    `frame-src ${widgetOrigin}`,
  ].join('; ')
}

function script(file: URL): Response {
  if (!existsSync(file)) return new Response('There is no such file.', { status: 404 })
  return new Response(javaScriptOf(file), {
    headers: { 'content-type': SCRIPT, 'access-control-allow-origin': '*', ...NO_CACHE },
  })
}

/** A TypeScript module as a browser takes it: types blanked out, lines where they were. */
export function javaScriptOf(file: URL): string {
  const source = readFileSync(fileURLToPath(file), 'utf8')
  // Node calls this function experimental in a warning on each start; it is what Node itself runs these files through.
  const emitWarning = process.emitWarning.bind(process)
  process.emitWarning = () => undefined
  try {
    return stripTypeScriptTypes(source)
  } finally {
    process.emitWarning = emitWarning
  }
}
