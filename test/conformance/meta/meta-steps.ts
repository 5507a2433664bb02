import { demoMeta } from '../../sandbox/demo.ts'
import type { MetaAnswer, MetaCaller } from './meta-caller.ts'

/** A use of the Graph API. All its calls must be accepted, or all be refused. */
export type MetaStep = { name: string; run: (meta: MetaCaller) => Promise<unknown> }

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

async function upload(meta: MetaCaller, file: File): Promise<string> {
  const form = new FormData()
  form.set('messaging_product', 'whatsapp')
  form.set('type', file.type)
  form.set('file', file)
  const answer = await meta.graph('POST', `${demoMeta.phoneNumberId}/media`, form)
  return String(answer.body['id'])
}

/** Uploads an image; its id. */
export const image = (meta: MetaCaller): Promise<string> =>
  upload(meta, new File([Uint8Array.from(Buffer.from(PNG, 'base64'))], 'a.png', { type: 'image/png' }))

/** Uploads a document; its id. */
export const pdf = (meta: MetaCaller): Promise<string> =>
  upload(meta, new File(['%PDF-1.4\n%%EOF\n'], 'a.pdf', { type: 'application/pdf' }))

export const text = (meta: MetaCaller, more: object = {}): Promise<MetaAnswer> =>
  meta.say({ type: 'text', text: { body: 'Hello' }, ...more })
