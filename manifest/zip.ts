const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50

/** A zip's entries by its central directory. Throws when the bytes are no complete zip (zip64 is not read). */
export function listZip(bytes: Buffer): { path: string; bytes: number }[] {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || bytes.readUInt32LE(end) !== END_OF_DIRECTORY)
    throw new Error('Not a zip: it has no directory at its end.')
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  return Array.from({ length: count }, () => {
    if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('Not a zip: its directory is damaged.')
    const nameLength = bytes.readUInt16LE(at + 28)
    const entry = {
      path: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      bytes: bytes.readUInt32LE(at + 24),
    }
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    return entry
  })
}
