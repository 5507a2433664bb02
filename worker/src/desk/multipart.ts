import type { DeskFile } from './desk.types.ts'

const encoder = new TextEncoder()

/**
 * A multipart body with one `file` part, streamed: the bytes are never held whole, yet the length is known, so that the request
 * carries Content-Length. Resolves to null when the file is no longer there.
 */
export async function fileBody(
  file: DeskFile,
  boundary: string,
): Promise<{ body: ReadableStream; contentType: string } | null> {
  const content = await file.open()
  if (content === null) return null
  const head = encoder.encode(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${quoted(file.name)}"\r\n` +
      `Content-Type: ${file.type}\r\n\r\n`,
  )
  const tail = encoder.encode(`\r\n--${boundary}--\r\n`)
  const { readable, writable } = new FixedLengthStream(head.length + file.size + tail.length)
  // A broken pipe breaks `readable` too, and the request that reads it fails with it.
  pour(writable, head, content, tail).catch(() => undefined)
  return { body: readable, contentType: `multipart/form-data; boundary=${boundary}` }
}

async function pour(
  writable: WritableStream<Uint8Array>,
  head: Uint8Array,
  content: ReadableStream,
  tail: Uint8Array,
): Promise<void> {
  await write(writable, head)
  await content.pipeTo(writable, { preventClose: true })
  await write(writable, tail)
  await writable.close()
}

async function write(writable: WritableStream<Uint8Array>, bytes: Uint8Array): Promise<void> {
  const writer = writable.getWriter()
  await writer.write(bytes)
  writer.releaseLock()
}

/** A form's header has no way to write quotes and line ends that every server reads. */
function quoted(name: string): string {
  return name.replaceAll('"', "'").replaceAll(/[\r\n]/g, ' ')
}
