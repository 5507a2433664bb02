import { z } from '@hono/zod-openapi'
import { systemClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { AppError } from '../platform/errors.ts'
import { createRouter, defineRoute } from '../platform/router.ts'
import { findScope } from '../orgs/orgs.repo.ts'
import { readMediaToken } from './media.links.ts'
import { servedAs } from './media.model.ts'
import type { MediaRow } from './media.repo.ts'
import { createMediaRepo } from './media.repo.ts'

const mediaRoute = defineRoute('signed_url', {
  method: 'get',
  path: '/api/media/{token}',
  summary: 'The file of a message, by a signed link of a message view',
  description: 'Takes Range. Answers 401 for a link that is over or altered.',
  request: { params: z.object({ token: z.string().max(300) }) },
  responses: {
    200: { description: 'The bytes.' },
    206: { description: 'The asked part of the bytes.' },
    416: { description: 'The asked part does not exist.' },
  },
})

export const mediaRoutes = createRouter().openapi(mediaRoute, async (c) => {
  const link = await readMediaToken(readConfig(c.env), c.req.valid('param').token, systemClock())
  if (link === null) {
    throw new AppError({
      code: 'media.link_over',
      status: 401,
      message: 'This link is over. Open the conversation again for a new one.',
    })
  }
  const scope = await findScope(c.env, link.shard, link.orgId)
  const row = scope === null ? null : await createMediaRepo(scope).find(link.seq)
  if (row?.r2_key === undefined || row.r2_key === null) throw gone()
  return serve(c.env, row, row.r2_key, c.req.raw.headers)
})

const gone = () => new AppError({ code: 'media.not_found', status: 404, message: 'This file is not here any more.' })

async function serve(env: Env, row: MediaRow, key: string, asked: Headers): Promise<Response> {
  const object = await env.BLOBS.get(key, { range: asked })
  if (object === null) throw gone()
  const { contentType, disposition } = servedAs(row.mime_type, row.file_name)
  const headers = new Headers({
    'Content-Type': contentType,
    'Content-Disposition': disposition,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Cache-Control': 'private, max-age=900',
    'Accept-Ranges': 'bytes',
    ETag: object.httpEtag,
  })
  const part = asked.has('range') ? partOf(object) : null
  if (part === null) {
    headers.set('Content-Length', String(object.size))
    return new Response(object.body, { headers })
  }
  headers.set('Content-Length', String(part.length))
  headers.set('Content-Range', `bytes ${part.offset}-${part.offset + part.length - 1}/${object.size}`)
  return new Response(object.body, { status: 206, headers })
}

function partOf(object: R2ObjectBody): { offset: number; length: number } | null {
  const { range, size } = object
  if (range === undefined) return null
  // The local runtime gives all three keys, those that do not apply as undefined.
  if ('suffix' in range && range.suffix !== undefined)
    return { offset: Math.max(0, size - range.suffix), length: Math.min(size, range.suffix) }
  const offset = ('offset' in range ? range.offset : undefined) ?? 0
  const length = ('length' in range ? range.length : undefined) ?? size - offset
  return { offset, length }
}
