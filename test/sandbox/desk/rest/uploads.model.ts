import type { Context } from 'hono'
import type { DeskContext } from '../context.ts'
import { DeskError, invalidData } from '../errors.ts'
import { newId } from '../state.ts'
import type { Agent, Portal, Upload } from '../state.ts'

/**
 * Keeps the multipart part `file`. Throws UNSUPPORTED_MEDIA_TYPE, RESOURCE_SIZE_EXCEEDED (20 MB unless the settings
 * say otherwise; the real figure for tickets is unconfirmed) or INVALID_DATA when the part is missing.
 */
export async function receiveUpload(
  c: Context,
  doer: { desk: DeskContext; portal: Portal; agent: Agent },
  more: { isPublic: boolean; usedBy: string | null },
): Promise<Upload> {
  const { desk, portal, agent } = doer
  if (!(c.req.header('content-type') ?? '').startsWith('multipart/form-data')) {
    throw new DeskError(415, 'UNSUPPORTED_MEDIA_TYPE', 'The media type of the payload is not supported.')
  }
  const file = (await readForm(c))?.get('file')
  if (!(file instanceof File)) throw invalidData([{ fieldName: '/file', errorType: 'missing' }])
  if (file.size > desk.state.settings.maxUploadBytes) {
    throw new DeskError(413, 'RESOURCE_SIZE_EXCEEDED', 'The size of the file exceeds the permitted limit.')
  }
  const upload: Upload = {
    id: newId(desk.state),
    name: file.name,
    type: file.type === '' ? 'application/octet-stream' : file.type,
    size: file.size,
    creatorId: agent.id,
    createdTime: desk.clock.iso(),
    ...more,
  }
  desk.files.put(upload.id, new Uint8Array(await file.arrayBuffer()))
  portal.uploads[upload.id] = upload
  return upload
}

/** Marks uploads as used. Throws INVALID_DATA when one does not exist or serves something else already. */
export function claimUploads(portal: Portal, ids: readonly string[], usedBy: string, field: string): void {
  const isFree = (id: string, position: number): boolean =>
    portal.uploads[id]?.usedBy === null && ids.indexOf(id) === position
  if (!ids.every(isFree)) throw invalidData([{ fieldName: `/${field}`, errorType: 'invalid' }])
  for (const id of ids) {
    const upload = portal.uploads[id]
    if (upload !== undefined) upload.usedBy = usedBy
  }
}

/** `place` is the path below `/api/v1` at which the content lies. */
export function attachmentView(desk: DeskContext, upload: Upload, place: string): Record<string, unknown> {
  return {
    id: upload.id,
    name: upload.name,
    size: String(upload.size),
    previewurl: null,
    href: `${desk.origin}/api/v1/${place}`,
  }
}

export function fileResponse(desk: DeskContext, upload: Upload): Response {
  const bytes = desk.files.get(upload.id)
  if (bytes === undefined) throw new DeskError(500, 'INTERNAL_SERVER_ERROR', 'The content of this file is lost.')
  return new Response(bytes, {
    headers: {
      'content-type': upload.type,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(upload.name)}`,
      'x-content-type-options': 'nosniff',
    },
  })
}

async function readForm(c: Context): Promise<FormData | undefined> {
  try {
    return await c.req.formData()
  } catch {
    return undefined
  }
}
