import { BitWriter } from './bits.ts'

const LOSSLESS_MARK = 0x2f

/** A square lossless WebP of one colour: every prefix code has a single symbol, so pixels take no bits. */
export function webpSticker(size: number, [red, green, blue]: readonly [number, number, number]): Uint8Array {
  const bits = new BitWriter('low first')
  bits
    .put(LOSSLESS_MARK, 8)
    .put(size - 1, 14)
    .put(size - 1, 14)
    .put(0, 1)
    .put(0, 3)
  // No transform, no colour cache, no groups of prefix codes.
  bits.put(0, 1).put(0, 1).put(0, 1)
  for (const symbol of [green, red, blue, 255, 0]) bits.put(1, 1).put(0, 1).put(1, 1).put(symbol, 8)
  const data = Buffer.from(bits.bytes())
  const padded = data.length % 2 === 0 ? data : Buffer.concat([data, Buffer.alloc(1)])
  const head = Buffer.alloc(20)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(12 + padded.length, 4)
  head.write('WEBPVP8L', 8, 'latin1')
  head.writeUInt32LE(data.length, 16)
  return Buffer.concat([head, padded])
}
