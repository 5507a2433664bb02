/** Meta sends at most 3 MB; more than this is not read. */
export const MAX_BODY_BYTES = 4 * 1_024 * 1_024

/** The bytes of a request, or null where there are more than `limit`: nothing beyond that is read. */
export async function readBytes(request: Request, limit: number): Promise<ArrayBuffer | Uint8Array | null> {
  const declared = Number(request.headers.get('content-length') ?? Number.NaN)
  if (declared > limit) return null
  // HTTP sees to it that no more comes than was declared.
  if (Number.isInteger(declared)) return request.arrayBuffer()
  const chunks: Uint8Array[] = []
  let length = 0
  if (request.body === null) return new Uint8Array()
  for await (const chunk of request.body) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('A request body yields bytes.')
    length += chunk.byteLength
    if (length > limit) return null
    chunks.push(chunk)
  }
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}
