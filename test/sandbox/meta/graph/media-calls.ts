import type { Context } from 'hono'
import type { Deps } from '../deps.ts'
import { asText } from '../state.ts'
import type { Json } from '../state.ts'
import { callerOf, requireAccess } from './auth.ts'
import type { Call } from './call.ts'
import { badParameter, GraphError } from './errors.ts'
import { bareType, kindOfMime, sizeLimit, uploadableTypes } from './media-rules.ts'

/** `POST /{phone}/media`: multipart with messaging_product, file and its type. */
export async function uploadMedia({ deps, node, context }: Call<'phone'>): Promise<Json> {
  const isForm = (context.req.header('content-type') ?? '').startsWith('multipart/form-data')
  if (!isForm) throw badParameter('The parameter file is required.')
  const form = await context.req.parseBody()
  if (form['messaging_product'] !== 'whatsapp') throw badParameter('The parameter messaging_product is required.')
  const file = form['file']
  if (!(file instanceof File)) throw badParameter('The parameter file is required.')
  const named = form['type']
  const mimeType = bareType(
    file.type === '' || file.type === 'application/octet-stream' ? asText(named, file.type) : file.type,
  )
  const kind = kindOfMime(mimeType)
  if (kind === undefined) {
    throw badParameter(
      `Param file must be a file with one of the following types: ${uploadableTypes.join(', ')}. Received file of type '${mimeType}'.`,
    )
  }
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (bytes.byteLength === 0) throw badParameter('Param file must not be empty')
  if (bytes.byteLength > sizeLimit(kind, bytes)) {
    throw new GraphError(
      131053,
      `The ${kind} has ${bytes.byteLength} bytes, more than the ${sizeLimit(kind, bytes)} that are allowed`,
    )
  }
  const record = deps.media.add({
    phoneNumberId: node.number.id,
    bytes,
    mimeType,
    filename: file.name,
    origin: 'upload',
  })
  return { id: record.id }
}

export function getMedia({ deps, node, query }: Call<'media'>): Json {
  refuseOtherNumber(node.media.phoneNumberId, query)
  const { id, mimeType, sha256, size } = node.media
  return {
    messaging_product: 'whatsapp',
    url: deps.media.urlOf(id),
    mime_type: mimeType,
    sha256,
    file_size: String(size),
    id,
  }
}

export function deleteMedia({ deps, node, query }: Call<'media'>): Json {
  refuseOtherNumber(node.media.phoneNumberId, query)
  deps.media.delete(node.media.id)
  return { success: true }
}

/** The bytes behind a media address: 401 without a valid token, 404 when the address is wrong or older than 5 minutes. */
export function downloadMedia(deps: Deps, context: Context): Response {
  const query = new URL(context.req.url).searchParams
  const authorization = context.req.header('authorization')
  if (authorization === undefined) return new Response('', { status: 401 })
  const caller = callerOf(deps.world, authorization, new URLSearchParams())
  const record = deps.media.behindUrl(query)
  const bytes = record === undefined ? undefined : deps.media.bytesOf(record.id)
  if (record === undefined || bytes === undefined) return new Response('', { status: 404 })
  const wabaId = deps.world.state.numbers[record.phoneNumberId]?.wabaId ?? ''
  requireAccess(deps.world, caller, { kind: 'media', wabaId, media: record }, 'whatsapp_business_messaging')
  return new Response(new Uint8Array(bytes), {
    headers: { 'content-type': record.mimeType, 'content-length': String(bytes.byteLength) },
  })
}

function refuseOtherNumber(ownerId: string, query: URLSearchParams): void {
  const asked = query.get('phone_number_id')
  if (asked !== null && asked !== ownerId) {
    throw new GraphError(100, undefined, {
      message: '(#100) The media does not belong to this phone_number_id',
      subcode: 33,
    })
  }
}
