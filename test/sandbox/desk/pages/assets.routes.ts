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
  app.get('/client/:file{[a-z-]+\\.ts}', (c) => file(new URL(c.req.param('file'), CLIENT), SCRIPT, javaScriptOf))
  app.get('/client/:file{[a-z-]+\\.css}', (c) =>
    file(new URL(c.req.param('file'), CLIENT), 'text/css; charset=utf-8', read),
  )
  app.get('/sdk/ZohoDeskClientSDK.min.js', () => file(SDK, SCRIPT, javaScriptOf))
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

function file(url: URL, type: string, contentOf: (url: URL) => string): Response {
  if (!existsSync(url)) return new Response('There is no such file.', { status: 404 })
  return new Response(contentOf(url), {
    headers: { 'content-type': type, 'access-control-allow-origin': '*', ...NO_CACHE },
  })
}

function read(url: URL): string {
  return readFileSync(fileURLToPath(url), 'utf8')
}

/** A TypeScript module as a browser takes it: types blanked out, lines where they were. */
export function javaScriptOf(url: URL): string {
  const source = read(url)
  // Node calls this function experimental in a warning on each start; it is what Node itself runs these files through.
  const emitWarning = process.emitWarning.bind(process)
  process.emitWarning = () => undefined
  try {
    return stripTypeScriptTypes(source)
  } finally {
    process.emitWarning = emitWarning
  }
}
