import { Hono } from 'hono'
import { existsSync, readFileSync, statSync } from 'node:fs'
import type { Server } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { z } from 'zod'
import { listen } from './shared/platform.ts'
import { stagedManifest } from './staged.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

const policySchema = z.looseObject({ cspDomains: z.record(z.string(), z.array(z.string())).default({}) })

/**
 * Serves a staged extension as Zoho's widget host would: on another origin than Desk, with a policy made of the manifest's
 * `cspDomains`. The host of `extraSources` serves the SDK's stand-in.
 */
export function serveExtension(options: { dir: string; port: number; deskOrigin: string }): Promise<Server> {
  const app = new Hono()
  app.get('*', (c) => {
    const path = new URL(c.req.url).pathname
    const file = normalize(join(options.dir, decodeURIComponent(path)))
    if (!file.startsWith(normalize(options.dir)) || !existsSync(file) || !statSync(file).isFile()) return c.notFound()
    return c.body(new Uint8Array(readFileSync(file)), 200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': policy(options),
      // A pane whose storage is blocked has no origin of its own and loads its modules across origins.
      'access-control-allow-origin': '*',
      'cache-control': path.includes('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
    })
  })
  return listen(app, options.port)
}

function policy({ dir, deskOrigin }: { dir: string; deskOrigin: string }): string {
  const { cspDomains: domains } = policySchema.parse(stagedManifest(dir))
  const allowed = (name: string): string => ["'self'", ...(domains[name] ?? [])].join(' ')
  return [
    `default-src 'self'`,
    `script-src ${allowed('script-src')} ${deskOrigin}`,
    `style-src ${allowed('style-src')}`,
    `img-src ${allowed('img-src')}`,
    `media-src ${allowed('media-src')}`,
    `connect-src ${allowed('connect-src')}`,
    `frame-ancestors *`,
  ].join('; ')
}
