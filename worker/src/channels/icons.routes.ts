import { z } from '@hono/zod-openapi'
import { findScope } from '../orgs/orgs.repo.ts'
import { systemClock } from '../platform/clock.ts'
import { readConfig } from '../platform/env.ts'
import { AppError } from '../platform/errors.ts'
import { createRouter, defineRoute } from '../platform/router.ts'
import { hasShard } from '../platform/scope.ts'
import { channelErrors } from './channels.errors.ts'
import { readIconToken } from './icon.links.ts'
import { createIconsRepo } from './icons.repo.ts'

const iconRoute = defineRoute('signed_url', {
  method: 'get',
  path: '/api/channel-icons/{token}',
  tags: ['Channels'],
  summary: 'The icon of a channel, by a signed link of its view',
  description: 'Answers 401 for a link that is over or altered.',
  request: { params: z.object({ token: z.string().max(400) }) },
  responses: { 200: { description: 'The picture.' } },
})

export const iconRoutes = createRouter().openapi(iconRoute, async (c) => {
  const link = await readIconToken(readConfig(c.env), c.req.valid('param').token, systemClock())
  if (link === null) {
    throw new AppError({
      code: 'channels.icon_link_over',
      status: 401,
      message: 'This link is over. Read the channels again for a new one.',
    })
  }
  const scope = hasShard(link.shard) ? await findScope(c.env, link.shard, link.orgId) : null
  const icon = scope === null ? null : await createIconsRepo(scope).find(link.channelId)
  const object = icon?.key.endsWith(`/${link.version}`) ? await c.env.BLOBS.get(icon.key) : null
  if (icon === null || object === null) throw channelErrors.iconGone()
  return new Response(object.body, {
    headers: {
      'Content-Type': icon.type,
      'Content-Length': String(object.size),
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Cache-Control': 'private, max-age=900',
    },
  })
})
