import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import { strictNetwork } from '../../test/network.ts'
import { insert, seedMessage } from '../../test/seed.ts'
import { createApp } from '../app.ts'
import { seedOpenConversation } from '../messages/sends.test-helpers.ts'
import type { Seeded } from '../messages/sends.test-helpers.ts'
import { createDeskGateway } from '../orgs/desk-gateway.ts'
import { seal } from '../platform/crypto.ts'
import { readConfig } from '../platform/env.ts'
import { runFetchMedia } from './media.jobs.ts'
import { signMediaUrl } from './media.links.ts'
import { createMediaRepo } from './media.repo.ts'
import { refetchMedia } from './media.usecases.ts'

const network = strictNetwork()
const BYTES = new Uint8Array([137, 80, 78, 71, 1, 2, 3, 4])
const LOOKASIDE = 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=77'

let seeded: Seeded
let seq: number

beforeEach(async () => {
  seeded = await seedOpenConversation({ lastInboundAt: Date.now() })
  const { scope, conversationId } = seeded
  const row = await scope.db
    .prepare('SELECT phone_number_id FROM conversations WHERE id = ?')
    .bind(conversationId)
    .first<{ phone_number_id: string }>()
  const phoneNumberId = row?.phone_number_id ?? ''
  const token = await seal(readConfig(env).ENCRYPTION_KEYS, `meta_token:${scope.orgId}:${phoneNumberId}`, 'the-token')
  await scope.db.prepare('UPDATE numbers SET token = ? WHERE org_id = ?').bind(token, scope.orgId).run()
  seq = await seedMessage(scope, conversationId)
  await insert(scope.db, 'media', {
    message_seq: seq,
    org_id: scope.orgId,
    conversation_id: conversationId,
    phone_number_id: phoneNumberId,
    meta_media_id: '77',
    mime_type: 'image/png',
    file_name: 'photo.png',
    next_attempt_at: 0,
  })
})

const run = () => runFetchMedia(env, { kind: 'fetch_media', orgId: seeded.scope.orgId, shard: 0, messageSeq: seq })
const media = () => createMediaRepo(seeded.scope).find(seq)

function answerLocation(url = LOOKASIDE): void {
  network.handle((_, { hostname, pathname }) =>
    hostname === 'graph.facebook.com' && pathname === '/v25.0/77'
      ? Response.json({ url, mime_type: 'image/png', sha256: 'abc', file_size: '8', id: '77' })
      : undefined,
  )
}

it('fetches a file with the number’s token and serves it by a signed link, whole and in part', async () => {
  answerLocation()
  network.handle((request, url) =>
    url.href === LOOKASIDE && request.headers.get('authorization') === 'Bearer the-token'
      ? new Response(BYTES, { headers: { 'content-length': '8' } })
      : undefined,
  )
  await run()
  expect(await media()).toMatchObject({ state: 'stored', size: 8, mime_type: 'image/png' })
  await run()
  expect(network.requests).toHaveLength(2)

  const app = createApp({ deskOf: createDeskGateway })
  const url = await signMediaUrl(readConfig(env), { orgId: seeded.scope.orgId, shard: 0, seq }, Date.now())
  const path = new URL(url).pathname
  const whole = await app.request(path, {}, env)
  expect(whole.status).toBe(200)
  expect(new Uint8Array(await whole.arrayBuffer())).toEqual(BYTES)
  expect(whole.headers.get('content-type')).toBe('image/png')
  expect(whole.headers.get('x-content-type-options')).toBe('nosniff')
  expect(whole.headers.get('content-disposition')).toContain('inline')
  const part = await app.request(path, { headers: { range: 'bytes=2-4' } }, env)
  expect(part.status).toBe(206)
  expect(part.headers.get('content-range')).toBe('bytes 2-4/8')
  expect(new Uint8Array(await part.arrayBuffer())).toEqual(BYTES.slice(2, 5))
  const altered = await app.request(path.replace(`.${seq}.`, `.${seq + 1}.`), {}, env)
  expect(altered.status).toBe(401)
})

it('sends the token to no host but Meta’s', async () => {
  answerLocation('https://evil.example/steal')
  await run()
  expect(network.requests.map((request) => new URL(request.url).hostname)).toEqual(['graph.facebook.com'])
  expect(await media()).toMatchObject({ state: 'pending', attempts: 1 })
})

it('puts a failed fetch off and gives up a file that Meta no longer has', async () => {
  network.handle(() => Response.json({ error: { code: 131000, message: 'try later' } }, { status: 500 }))
  await run()
  const postponed = await media()
  expect(postponed).toMatchObject({ state: 'pending', attempts: 1 })
  expect(postponed?.next_attempt_at).toBeGreaterThan(Date.now())
  network.handle(() => Response.json({ error: { code: 100, message: 'gone' } }, { status: 400 }))
  await run()
  expect(await media()).toMatchObject({ state: 'failed' })

  const queued: number[] = []
  const ports = {
    repo: createMediaRepo(seeded.scope),
    clock: Date.now,
    enqueue: async (messageSeq: number) => void queued.push(messageSeq),
  }
  expect(await refetchMedia(ports, 'cv_of_somebody_else', seq)).toBe(false)
  expect(await refetchMedia(ports, seeded.conversationId, seq)).toBe(true)
  expect(await refetchMedia(ports, seeded.conversationId, seq)).toBe(false)
  expect(queued).toEqual([seq])
  expect(await media()).toMatchObject({ state: 'pending', attempts: 0 })
})
