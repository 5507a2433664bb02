import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../../../support/wait.ts'
import { demoMeta } from '../../demo.ts'
import { aNumber, aString, MetaKit, partsOf } from '../testkit.ts'
import { groupForBatches, UPDATES_PER_BODY } from './batches.ts'
import { signatureOf, toWireJson } from './wire.ts'

describe('the wire form', () => {
  it('signs the check value of the reference', () => {
    const body = '{"object":"whatsapp_business_account","entry":[]}'
    expect(signatureOf(body, 'demo-app-secret')).toBe(
      'sha256=d6003bedf605fdf46943662e7d2065e132f4b26764d6ec946ba3fae527acafc2',
    )
  })

  it('escapes everything beyond ASCII with lower-case digits, lone surrogates too', () => {
    expect(toWireJson({ a: 'äÿ🙂\ud800\u007f' })).toBe('{"a":"\\u00e4\\u00ff\\ud83d\\ude42\\ud800\\u007f"}')
    expect(JSON.parse(toWireJson({ a: 'ä🙂' }))).toEqual({ a: 'ä🙂' })
  })

  it('cuts batches at 1,000 updates', () => {
    const delivery = (id: number): Parameters<typeof groupForBatches>[0][number] => ({
      id,
      url: 'u',
      appId: 'a',
      entries: [{ id: '1', changes: [{ field: 'messages', value: { messages: [{}, {}] } }] }],
      createdAt: 0,
      tries: 0,
      status: 0,
      state: 'waiting',
    })
    const groups = groupForBatches(Array.from({ length: 501 }, (_, index) => delivery(index)))
    expect(groups.map(({ length }) => length)).toEqual([UPDATES_PER_BODY / 2, 1])
  })
})

describe('delivery', () => {
  let kit: MetaKit
  beforeEach(async () => {
    kit = await MetaKit.start()
    await kit.control('settings', { retryDelaysMs: [20, 30] })
  })
  afterEach(() => kit.stop())

  const arrived = (count: number): Promise<boolean> =>
    eventually(`${count} webhooks`, () => kit.hooks.length >= count, 5_000)

  it('signs the bytes it sends', async () => {
    await kit.write({ text: 'Grüße 🙂' })
    await arrived(1)
    const [hook] = kit.hooks
    expect(hook?.raw).toContain('Gr\\u00fc\\u00dfe \\ud83d\\ude42')
    expect(hook?.signature).toBe(signatureOf(hook?.raw ?? '', demoMeta.appSecret))
  })

  it('repeats until the answer is 200, the same bytes each time', async () => {
    kit.answers.push(500, 204, 200)
    await kit.write()
    await arrived(3)
    expect(new Set(kit.hooks.map(({ raw }) => raw)).size).toBe(1)
    const journal = await kit.request('GET', '/__sandbox/webhooks')
    const [entry] = partsOf(journal.body['list'])
    await eventually('the delivery', async () => {
      const list = partsOf((await kit.request('GET', '/__sandbox/webhooks')).body['list'])
      return list[0]?.['state'] === 'delivered'
    })
    expect(entry).toMatchObject({
      time: aString,
      url: `${kit.origin}/webhooks/whatsapp`,
      body: { object: 'whatsapp_business_account', entry: [{ id: demoMeta.wabaId }] },
      tries: aNumber,
    })
    expect(kit.hooks.map(({ status }) => status)).toEqual([500, 204, 200])
  })

  it('gives up after 7 days of the platforms clock', async () => {
    kit.answers.push(500, 500, 500, 500, 500, 500, 500, 500)
    await kit.write()
    await arrived(1)
    await kit.control('clock', { advanceMs: 7 * 86_400_000 + 1_000 })
    await eventually('giving up', async () => {
      const list = partsOf((await kit.request('GET', '/__sandbox/webhooks')).body['list'])
      return list[0]?.['state'] === 'gave up'
    })
    expect(kit.meta.deps.outbox.waiting).toBe(0)
  })

  it('meets the faults drop, timeout and duplicate', async () => {
    await kit.control('faults', { match: 'webhook', kind: 'drop', count: 1 })
    await kit.write({ id: 'wamid.dropped' })
    await arrived(1)
    await kit.request('DELETE', '/__sandbox/faults')
    await kit.control('faults', { match: 'webhook', kind: 'timeout', count: 1 })
    await kit.write({ id: 'wamid.timeout' })
    await arrived(3)
    await kit.request('DELETE', '/__sandbox/faults')
    await kit.control('faults', { match: 'webhook', kind: 'duplicate', count: 1, copies: 3 })
    await kit.write({ id: 'wamid.copied' })
    await arrived(6)
    const ids = kit.inbound().map(({ id }) => id)
    expect(ids).toEqual([
      'wamid.dropped',
      'wamid.timeout',
      'wamid.timeout',
      'wamid.copied',
      'wamid.copied',
      'wamid.copied',
    ])
  })

  it('holds webhooks until the fault is taken away', async () => {
    await kit.control('faults', { match: 'webhook', kind: 'hold' })
    await kit.write({ id: 'wamid.held' })
    await kit.request('DELETE', '/__sandbox/faults')
    await kit.write({ id: 'wamid.later' })
    await arrived(2)
    expect(kit.inbound().map(({ id }) => id)).toEqual(['wamid.later', 'wamid.held'])
  })

  it('shuffles what comes within a moment', async () => {
    await kit.control('faults', { match: 'webhook', kind: 'shuffle', delayMs: 150 })
    const sent = ['a', 'b', 'c', 'd', 'e'].map((name) => `wamid.${name}`)
    for (const id of sent) await kit.write({ id })
    await arrived(5)
    const seen = kit.inbound().map(({ id }) => id)
    expect(new Set(seen)).toEqual(new Set(sent))
    expect(seen).not.toEqual(sent)
  })

  it('puts several into one body', async () => {
    await kit.control('faults', { match: 'webhook', kind: 'batch', delayMs: 100 })
    for (const id of ['wamid.a', 'wamid.b', 'wamid.c']) await kit.write({ id })
    await arrived(1)
    expect(kit.hooks).toHaveLength(1)
    expect(kit.inbound().map(({ id }) => id)).toEqual(['wamid.a', 'wamid.b', 'wamid.c'])
  })

  it('goes on after a restart', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'meta-'))
    const storeFile = join(dir, 'meta.json')
    const first = await MetaKit.start({ storeFile })
    await first.control('settings', { retryDelaysMs: [60_000] })
    first.answers.push(500)
    await first.write({ id: 'wamid.survivor' })
    await eventually('the first try', () => first.hooks.length === 1)
    await first.stop()
    const second = await MetaKit.start({ storeFile })
    second.meta.deps.outbox.start()
    await eventually('the second try', () => second.hooks.length === 1)
    expect(second.inbound()[0]).toMatchObject({ id: 'wamid.survivor' })
    await second.stop()
    rmSync(dir, { recursive: true })
  })
})
