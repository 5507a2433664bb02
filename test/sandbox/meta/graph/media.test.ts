import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoMeta } from '../../demo.ts'
import { sampleOf } from '../inbound/samples.ts'
import { errorOf, matching, MetaKit, partsOf, sentId } from '../testkit.ts'
import type { Answer } from '../testkit.ts'

let kit: MetaKit

beforeAll(async () => {
  kit = await MetaKit.start()
  await kit.control('settings', { pairLimit: false })
  await kit.write()
})
afterAll(() => kit.stop())

function form(fields: Record<string, string | Blob | undefined> = {}): FormData {
  const data = new FormData()
  const all: Record<string, string | Blob | undefined> = {
    messaging_product: 'whatsapp',
    file: file('image'),
    type: 'image/png',
    ...fields,
  }
  for (const [name, value] of Object.entries(all)) if (value !== undefined) data.set(name, value)
  return data
}

function file(type: string, mimeType?: string): File {
  const sample = sampleOf(type)
  return new File([new Uint8Array(sample?.bytes ?? [])], sample?.filename ?? 'file', {
    type: mimeType ?? sample?.mimeType ?? '',
  })
}

const upload = (fields?: Record<string, string | Blob | undefined>): Promise<Answer> =>
  kit.graph('POST', `${demoMeta.phoneNumberId}/media`, form(fields))
const uploadId = async (fields?: Record<string, string | Blob | undefined>): Promise<string> => {
  const answer = await upload(fields)
  expect(answer).toMatchObject({ status: 200 })
  return String(answer.body['id'])
}

async function failureCode(message: object): Promise<unknown> {
  const failed = await kit.status(sentId(await kit.send(message)), 'failed')
  return partsOf(failed['errors'])[0]?.['code']
}

describe('media', () => {
  it('is uploaded, described, fetched with a token and deleted', async () => {
    const id = await uploadId()
    const described = await kit.graph('GET', `${id}?phone_number_id=${demoMeta.phoneNumberId}`)
    expect(described.body).toEqual({
      messaging_product: 'whatsapp',
      url: matching(/^http/),
      mime_type: 'image/png',
      sha256: matching(/^[0-9a-f]{64}$/),
      file_size: String(file('image').size),
      id,
    })
    const url = new URL(String(described.body['url']))
    const path = `${url.pathname}${url.search}`
    const fetched = await kit.meta.platform.app.request(path, {
      headers: { authorization: `Bearer ${demoMeta.token}` },
    })
    expect(fetched.headers.get('content-type')).toBe('image/png')
    expect((await fetched.arrayBuffer()).byteLength).toBe(file('image').size)
    expect((await kit.request('GET', path)).status).toBe(401)
    expect((await kit.request('GET', path, null, 'wrong')).status).toBe(401)
    expect((await kit.request('GET', path, null, demoMeta.other.token)).status).toBe(403)
    expect((await kit.request('GET', `${path}x`, null, demoMeta.token)).status).toBe(404)
    expect((await kit.graph('DELETE', `${id}?phone_number_id=${demoMeta.phoneNumberId}`)).body).toEqual({
      success: true,
    })
    expect(errorOf(await kit.graph('GET', id))).toMatchObject({ code: 100 })
  })

  it('has addresses for 5 minutes, uploads for 30 days and inbound files for 7', async () => {
    const id = await uploadId()
    const url = new URL(String((await kit.graph('GET', id)).body['url']))
    await kit.write({ type: 'image' })
    const inboundId = kit.meta.deps.world.state.messages.at(-1)?.mediaId ?? ''
    expect((await kit.graph('GET', inboundId)).status).toBe(200)
    await kit.control('clock', { advanceMs: 301_000 })
    expect((await kit.request('GET', `${url.pathname}${url.search}`, null, demoMeta.token)).status).toBe(404)
    await kit.control('clock', { advanceMs: 7 * 86_400_000 })
    expect(errorOf(await kit.graph('GET', inboundId))).toMatchObject({ code: 100 })
    expect((await kit.graph('GET', id)).status).toBe(200)
    await kit.control('clock', { advanceMs: 23 * 86_400_000 })
    expect(errorOf(await kit.graph('GET', id))).toMatchObject({ code: 100 })
    await kit.write()
  })

  it.each([
    ['without messaging_product', { messaging_product: undefined }, 100],
    ['without a file', { file: undefined }, 100],
    ['of an unknown type', { file: new File(['x'], 'a.gif', { type: 'image/gif' }) }, 100],
    ['that is empty', { file: new File([], 'a.png', { type: 'image/png' }) }, 100],
    [
      'of an image over 5 MB',
      { file: new File([new Uint8Array(5 * 1024 * 1024 + 1)], 'a.png', { type: 'image/png' }) },
      131053,
    ],
    [
      'of audio over 16 MB',
      { file: new File([new Uint8Array(16 * 1024 * 1024 + 1)], 'a.ogg', { type: 'audio/ogg' }) },
      131053,
    ],
    [
      'of a sticker over 100 KB',
      { file: new File([new Uint8Array(100 * 1024 + 1)], 'a.webp', { type: 'image/webp' }) },
      131053,
    ],
  ])('refuses an upload %s', async (_what, fields, code) => {
    expect(errorOf(await upload(fields))).toMatchObject({ status: 400, code })
  })

  it('refuses an upload that is no form', async () => {
    const answer = await kit.graph('POST', `${demoMeta.phoneNumberId}/media`, { messaging_product: 'whatsapp' })
    expect(errorOf(answer)).toMatchObject({ code: 100 })
  })

  it("refuses another number's media, in reading and in sending", async () => {
    const id = await uploadId()
    expect(errorOf(await kit.graph('GET', `${id}?phone_number_id=800999`))).toMatchObject({ code: 100 })
    const body = { messaging_product: 'whatsapp', to: '+447700900123', type: 'image', image: { id } }
    const answer = await kit.graph('POST', `${demoMeta.secondPhoneNumberId}/messages`, body)
    expect(errorOf(answer)).toMatchObject({ code: 131009 })
  })

  it.each(['image', 'document', 'video', 'sticker', 'audio'])('sends an uploaded %s', async (type) => {
    const id = await uploadId({ file: file(type), type: undefined })
    const object = type === 'audio' ? { id, voice: true } : { id }
    expect(await kit.status(sentId(await kit.send({ type, [type]: object })), 'delivered')).toBeDefined()
  })

  it('fails later what is not what it says, or not what the message needs (131053)', async () => {
    const fake = await uploadId({ file: new File(['no picture'], 'a.png', { type: 'image/png' }) })
    expect(await failureCode({ type: 'image', image: { id: fake } })).toBe(131053)
    const pdf = await uploadId({ file: file('document') })
    expect(await failureCode({ type: 'image', image: { id: pdf } })).toBe(131053)
    const mp3 = await uploadId({ file: new File(['ID3'], 'a.mp3', { type: 'audio/mpeg' }) })
    expect(await failureCode({ type: 'audio', audio: { id: mp3, voice: true } })).toBe(131053)
  })
})
