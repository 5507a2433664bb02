import { BitWriter } from './bits.ts'

const SIDE = 64
const BLOCKS = (SIDE / 16) ** 2
const FRAMES = 8
const TIMESCALE = 4

/** A two-second H.264 clip of plain frames that grow lighter; every frame is a key frame of raw blocks. */
export function mp4Clip(): Uint8Array {
  const frames = Array.from({ length: FRAMES }, (_, index) => sample(60 + index * 20, index))
  const data = Buffer.concat(frames)
  const fileType = box('ftyp', Buffer.from('isom'), uint32(512), Buffer.from('isomiso2avc1mp41'))
  // The offset of the first frame is known once the size of `moov` is: it does not depend on the value.
  const offset = fileType.length + movie(frames, 0).length + 8
  return Buffer.concat([fileType, movie(frames, offset), box('mdat', data)])
}

function movie(frames: readonly Buffer[], offset: number): Buffer {
  const duration = FRAMES
  const matrix = Buffer.concat(
    [1, 0, 0, 0, 1, 0, 0, 0, 0].map((value, index) => uint32(index === 8 ? 0x40000000 : value << 16)),
  )
  const header = box(
    'mvhd',
    uint32(0, 0, 0, TIMESCALE, duration, 0x10000),
    uint16(0x100, 0),
    uint32(0, 0),
    matrix,
    uint32(0, 0, 0, 0, 0, 0, 2),
  )
  const trackHeader = box(
    'tkhd',
    uint32(3, 0, 0, 1, 0, duration, 0, 0),
    uint16(0, 0, 0, 0),
    matrix,
    uint32(SIDE << 16, SIDE << 16),
  )
  const mediaHeader = box('mdhd', uint32(0, 0, 0, TIMESCALE, duration), uint16(0x55c4, 0))
  const handler = box('hdlr', uint32(0, 0), Buffer.from('vide'), uint32(0, 0, 0), Buffer.from('video\0'))
  const reference = box('dinf', box('dref', uint32(0, 1), box('url ', uint32(1))))
  const table = box(
    'stbl',
    box('stsd', uint32(0, 1), visualEntry()),
    box('stts', uint32(0, 1, frames.length, 1)),
    box('stsc', uint32(0, 1, 1, frames.length, 1)),
    box('stsz', uint32(0, 0, frames.length, ...frames.map((frame) => frame.length))),
    box('stco', uint32(0, 1, offset)),
  )
  const media = box('mdia', mediaHeader, handler, box('minf', box('vmhd', uint32(1, 0, 0)), reference, table))
  return box('moov', header, box('trak', trackHeader, media))
}

function visualEntry(): Buffer {
  const set = parameterSets()
  const configuration = box(
    'avcC',
    Buffer.from([1, 66, 0, 10, 0xff, 0xe1]),
    uint16(set.sequence.length),
    set.sequence,
    Buffer.from([1]),
    uint16(set.picture.length),
    set.picture,
  )
  const fixed = Buffer.concat([
    Buffer.alloc(6),
    uint16(1),
    Buffer.alloc(16),
    uint16(SIDE, SIDE),
    uint32(0x480000, 0x480000, 0),
    uint16(1),
    Buffer.alloc(32),
    uint16(24, 0xffff),
  ])
  return box('avc1', fixed, configuration)
}

function parameterSets(): { sequence: Buffer; picture: Buffer } {
  const sequence = new BitWriter('high first')
  // Baseline profile, level 1: one reference, blocks across and down less one, no cropping, no extras.
  sequence.put(66, 8).put(0, 8).put(10, 8).golomb(0).golomb(0).golomb(2).golomb(0).put(0, 1)
  sequence
    .golomb(SIDE / 16 - 1)
    .golomb(SIDE / 16 - 1)
    .put(1, 1)
    .put(0, 1)
    .put(0, 1)
    .put(0, 1)
    .put(1, 1)
  const picture = new BitWriter('high first')
  picture.golomb(0).golomb(0).put(0, 1).put(0, 1).golomb(0).golomb(0).golomb(0).put(0, 1).put(0, 2)
  picture.golomb(0).golomb(0).golomb(0).put(0, 1).put(0, 1).put(0, 1).put(1, 1)
  return { sequence: unit(0x67, sequence), picture: unit(0x68, picture) }
}

/** One key frame: each block is stored as raw bytes (I_PCM, type 25). */
function sample(luma: number, index: number): Buffer {
  const slice = new BitWriter('high first')
  slice
    .golomb(0)
    .golomb(7)
    .golomb(0)
    .put(0, 4)
    .golomb(index % 2)
    .put(0, 1)
    .put(0, 1)
    .golomb(0)
  for (let block = 0; block < BLOCKS; block += 1) {
    slice.golomb(25).align()
    for (let byte = 0; byte < 384; byte += 1) slice.put(byte < 256 ? luma : 128, 8)
  }
  slice.put(1, 1)
  const data = unit(0x65, slice)
  return Buffer.concat([uint32(data.length), data])
}

/** A unit with its head; no three bytes in a row may look like the mark between units. */
function unit(head: number, writer: BitWriter): Buffer {
  const bytes = [head]
  let zeros = 0
  for (const byte of writer.bytes()) {
    if (zeros >= 2 && byte <= 3) {
      bytes.push(3)
      zeros = 0
    }
    bytes.push(byte)
    zeros = byte === 0 ? zeros + 1 : 0
  }
  return Buffer.from(bytes)
}

function box(name: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([uint32(body.length + 8), Buffer.from(name, 'latin1'), body])
}

function uint32(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => buffer.writeUInt32BE(value >>> 0, index * 4))
  return buffer
}

function uint16(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 2)
  values.forEach((value, index) => buffer.writeUInt16BE(value & 0xffff, index * 2))
  return buffer
}
