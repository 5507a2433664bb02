import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { allRows, rowsOf, run } from '../../test/rows.ts'
import { insert } from '../../test/seed.ts'
import { hmacHex, seal } from '../platform/crypto.ts'
import { readConfig } from '../platform/env.ts'
import { objectNames } from '../platform/scope.ts'
import { readDoorCounts } from './directory.repo.ts'
import {
  ANA,
  body,
  countersOf,
  ingest,
  knock,
  laneOf,
  message,
  post,
  request,
  SECRET,
  seedLane,
} from './ingest.test-helpers.ts'

const unrouted = () => env.LANE.getByName(objectNames.lane.unrouted)

async function refusals(): Promise<Map<string, number>> {
  await unrouted().flushRefusals()
  return readDoorCounts(env.DIRECTORY)
}

describe('a bad signature', () => {
  const text = JSON.stringify(body('821', { messages: [message('wamid.bad')] }))
  const lastChanged = (hex: string) => `${hex.slice(0, -1)}${hex.endsWith('0') ? '1' : '0'}`

  it.each<[string, string, (hex: string) => Promise<string | null> | string | null]>([
    ['none', text, () => null],
    ['of another secret', text, async () => `sha256=${await hmacHex('another-secret', text)}`],
    ['of another body', `${text} `, (hex) => `sha256=${hex}`],
    ['without a prefix', text, (hex) => hex],
    ['with the sha1 prefix', text, (hex) => `sha1=${hex}`],
    ['empty', text, () => ''],
    ['of an empty body', '', async () => `sha256=${await hmacHex(SECRET, '')}`],
    ['with the last character changed', text, (hex) => `sha256=${lastChanged(hex)}`],
  ])('(%s) is 401 and leaves nothing but a count', async (_name, sent, sign) => {
    const { scope, phoneNumberId } = await seedLane()
    const before = (await refusals()).get('bad_signature') ?? 0
    const payload = sent.replaceAll('"821"', `"${phoneNumberId}"`)
    const header = await sign(await hmacHex(SECRET, text.replaceAll('"821"', `"${phoneNumberId}"`)))
    const one = new Request('https://kaiwa.test/webhooks/whatsapp', { method: 'POST', body: payload })
    if (header !== null) one.headers.set('X-Hub-Signature-256', header)
    expect((await knock(one)).status).toBe(401)
    await laneOf(phoneNumberId).settle()
    expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 0 })
    expect((await refusals()).get('bad_signature')).toBe(before + 1)
  })
})

describe('the door', () => {
  it('takes either secret during a rotation', async () => {
    const { scope, phoneNumberId } = await seedLane()
    const rotating = { ...env, META_APP_SECRET: 'the-new-secret', META_APP_SECRET_PREVIOUS: SECRET }
    const text = (id: string) => JSON.stringify(body(phoneNumberId, { messages: [message(id)] }))
    expect((await knock(await request(text('wamid.1')), rotating)).status).toBe(200)
    const signature = `sha256=${await hmacHex('the-new-secret', text('wamid.2'))}`
    expect((await knock(await request(text('wamid.2'), { 'X-Hub-Signature-256': signature }), rotating)).status).toBe(
      200,
    )
    await laneOf(phoneNumberId).settle()
    expect(await rowsOf(scope, 'messages')).toHaveLength(2)
  })

  it('refuses everything while no secret is configured', async () => {
    const bare = { ...env, META_APP_SECRET: '' }
    const text = JSON.stringify(body('821', {}))
    const empty = await request(text, { 'X-Hub-Signature-256': `sha256=${await hmacHex('x', text)}` })
    expect((await knock(empty, bare)).status).toBe(401)
  })

  it('refuses more than 4 MB, declared or not, and reads no more than that', async () => {
    const declared = await request('{}', { 'Content-Length': String(5 * 1_024 * 1_024) })
    expect((await knock(declared)).status).toBe(413)
    let read = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        read += 1
        controller.enqueue(new Uint8Array(64 * 1_024))
      },
    })
    const streamed = new Request('https://kaiwa.test/webhooks/whatsapp', { method: 'POST', body: endless })
    expect((await knock(streamed)).status).toBe(413)
    expect(read).toBeLessThan(70)
  })

  it('answers 503 where a part was not stored, and takes it when it comes again', async () => {
    const { scope, phoneNumberId } = await seedLane()
    const other = `${phoneNumberId}1`
    const away = { ...env, LANE: failingFor(env.LANE, `number:${other}`) }
    const entry = [phoneNumberId, other].flatMap((id) => body(id, { messages: [message(`wamid.${id}`)] }).entry)
    const both = JSON.stringify({ object: 'whatsapp_business_account', entry })
    expect((await knock(await request(both), away)).status).toBe(503)
    await post(both)
    await laneOf(phoneNumberId).settle()
    expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 2, stored: 1, duplicate: 1 })
    expect(await laneOf(other).backlog()).toEqual({ units: 1 })
  })

  it('keeps what is signed and no JSON, or has no entry, for the operator', async () => {
    for (const text of ['this is no JSON', '{"object":"whatsapp_business_account","entry":[]}']) await post(text)
    await unrouted().settle()
    const letters = await allRows(env.DIRECTORY, 'unrouted_letters')
    expect(letters.map((letter) => letter.body)).toEqual([
      'this is no JSON',
      '{"object":"whatsapp_business_account","entry":[]}',
    ])
  })

  it('splits a body by number and loses none of it', async () => {
    const lanes = [await seedLane(), await seedLane({ shard: 1 })]
    const entry = lanes.flatMap(
      ({ phoneNumberId }) => body(phoneNumberId, { messages: [message(`wamid.${phoneNumberId}`)] }).entry,
    )
    await post({ object: 'whatsapp_business_account', entry })
    for (const { scope, phoneNumberId } of lanes) {
      await laneOf(phoneNumberId).settle()
      expect(await rowsOf(scope, 'messages')).toMatchObject([{ wamid: `wamid.${phoneNumberId}` }])
    }
  })
})

/** Lanes of which one cannot be reached. */
function failingFor(lanes: typeof env.LANE, name: string): typeof env.LANE {
  return new Proxy(lanes, {
    get: (target, property) => {
      if (property !== 'getByName') return Reflect.get(target, property, target) as unknown
      return (asked: string) => {
        if (asked === name) throw new Error('This lane cannot be reached.')
        return target.getByName(asked)
      }
    },
  })
}

describe('the handshake', () => {
  const ask = (query: Record<string, string>, path = '') =>
    knock(new Request(`https://kaiwa.test/webhooks/whatsapp?${new URLSearchParams(query).toString()}`), env, path)
  const right = { 'hub.mode': 'subscribe', 'hub.challenge': '<b>4711</b>', 'hub.verify_token': 'test-verify-token' }

  it('answers only the challenge, as text', async () => {
    const answer = await ask(right)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('<b>4711</b>')
    expect(answer.headers.get('Content-Type')).toContain('text/plain')
    expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
  })

  it.each([
    ['another token', { ...right, 'hub.verify_token': 'guess' }],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
    ['another mode', { ...right, 'hub.mode': 'unsubscribe' }],
    ['no challenge', { 'hub.mode': 'subscribe', 'hub.verify_token': 'test-verify-token' }],
  ])('with %s is 401', async (_name, query) => {
    expect((await ask(query)).status).toBe(401)
  })

  it('of a path nobody set up is 401', async () => {
    expect((await ask(right, 'nobody')).status).toBe(401)
  })
})

describe('an app that a customer brings', () => {
  async function seedApp(path: string, orgId: string) {
    const keys = readConfig(env).ENCRYPTION_KEYS
    await insert(env.DIRECTORY, 'meta_apps', {
      path,
      org_id: orgId,
      app_id: '500900',
      app_secret: await seal(keys, `meta_app:${path}`, `${path}-secret`),
      verify_token: await seal(keys, `meta_app:${path}`, `${path}-token`),
      created_at: 0,
    })
  }
  const sign = async (path: string, text: string) =>
    request(text, { 'X-Hub-Signature-256': `sha256=${await hmacHex(`${path}-secret`, text)}` })

  it('speaks for the numbers connected through it, and for no others', async () => {
    const [own, other] = [await seedLane(), await seedLane()]
    await seedApp('app-one', own.scope.orgId)
    await setAppPath(own.phoneNumberId, 'app-one')
    for (const { phoneNumberId } of [own, other]) {
      const text = JSON.stringify(body(phoneNumberId, { messages: [message(`wamid.app.${phoneNumberId}`)] }))
      expect((await knock(await sign('app-one', text), env, 'app-one')).status).toBe(200)
      await laneOf(phoneNumberId).settle()
    }
    expect(await rowsOf(own.scope, 'messages')).toHaveLength(1)
    expect(await rowsOf(other.scope, 'messages')).toEqual([])
    expect(await rowsOf(other.scope, 'account_events')).toEqual([])
    expect(await countersOf(other.scope, other.phoneNumberId)).toMatchObject({ received: 1, ignored: 1 })
  })

  it('is not spoken for by our own app', async () => {
    const { scope, phoneNumberId } = await seedLane()
    await seedApp('app-two', scope.orgId)
    await setAppPath(phoneNumberId, 'app-two')
    await ingest(phoneNumberId, { messages: [message('wamid.1', { from: ANA })] })
    expect(await rowsOf(scope, 'messages')).toEqual([])
  })

  it('has a secret and a token of its own', async () => {
    const { scope } = await seedLane()
    await seedApp('app-three', scope.orgId)
    const text = JSON.stringify(body('821', {}))
    expect((await knock(await request(text), env, 'app-three')).status).toBe(401)
    expect((await knock(await sign('app-three', text))).status).toBe(401)
    const query = new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.challenge': '1',
      'hub.verify_token': 'app-three-token',
    })
    const handshake = new Request(`https://kaiwa.test/webhooks/whatsapp/app-three?${query.toString()}`)
    expect((await knock(handshake, env, 'app-three')).status).toBe(200)
  })
})

async function setAppPath(phoneNumberId: string, path: string): Promise<void> {
  await run(env.DIRECTORY, `UPDATE number_routes SET app_path = '${path}' WHERE phone_number_id = '${phoneNumberId}'`)
}
