const SERIAL = 0x4b414957
const SAMPLES_PER_PACKET = 960
const PACKETS_PER_SECOND = 50
/** One packet of 20 ms mono silence (Opus, CELT, full band). */
const SILENCE = Uint8Array.from([0xf8, 0xff, 0xfe])

/** A mono Opus recording in an Ogg file, as voice messages are; it is silent. */
export function oggSilence(seconds: number): Uint8Array {
  const head = Buffer.concat([Buffer.from('OpusHead'), Buffer.from([1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0])])
  const vendor = Buffer.from('sandbox')
  const tags = Buffer.concat([Buffer.from('OpusTags'), uint32(vendor.length), vendor, uint32(0)])
  const pages = [page([head], 0, 0, 2), page([tags], 1, 0, 0)]
  for (let second = 1; second <= seconds; second += 1) {
    const packets = Array.from({ length: PACKETS_PER_SECOND }, () => SILENCE)
    const position = second * PACKETS_PER_SECOND * SAMPLES_PER_PACKET
    pages.push(page(packets, second + 1, position, second === seconds ? 4 : 0))
  }
  return Buffer.concat(pages)
}

/** One Ogg page; flags: 2 begins the stream, 4 ends it. Packets are shorter than 255 bytes. */
function page(packets: readonly Uint8Array[], sequence: number, position: number, flags: number): Buffer {
  const head = Buffer.alloc(27)
  head.write('OggS', 0, 'latin1')
  head[5] = flags
  head.writeBigUInt64LE(BigInt(position), 6)
  head.writeUInt32LE(SERIAL, 14)
  head.writeUInt32LE(sequence, 18)
  head[26] = packets.length
  const whole = Buffer.concat([head, Buffer.from(packets.map((packet) => packet.length)), ...packets])
  whole.writeUInt32LE(oggChecksum(whole), 22)
  return whole
}

/** Ogg's CRC-32: polynomial 0x04c11db7, not reflected, starting at 0. */
function oggChecksum(bytes: Uint8Array): number {
  let sum = 0
  for (const byte of bytes) {
    sum = (sum ^ (byte << 24)) >>> 0
    for (let bit = 0; bit < 8; bit += 1) sum = (sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1) >>> 0
  }
  return sum
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32LE(value)
  return buffer
}
