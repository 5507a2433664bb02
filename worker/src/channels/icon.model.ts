import { ICON_MAX_PIXELS } from '../../../contract/index.ts'

export type Icon = { type: 'image/png' | 'image/jpeg'; width: number; height: number }

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** What a file is by its bytes: a PNG or a JPEG with its dimensions, or null. Its name and declared type say nothing. */
export function readIcon(bytes: Uint8Array): Icon | null {
  return readPng(bytes) ?? readJpeg(bytes)
}

/** Whether an icon is no larger than accepted. */
export function isFitting({ width, height }: Icon): boolean {
  return width >= 1 && height >= 1 && width <= ICON_MAX_PIXELS && height <= ICON_MAX_PIXELS
}

/** The header chunk comes first and holds the dimensions; a file must also end as a PNG does. */
function readPng(bytes: Uint8Array): Icon | null {
  if (bytes.length < 45 || PNG.some((byte, index) => bytes[index] !== byte)) return null
  const view = viewOf(bytes)
  if (view.getUint32(8) !== 13 || textAt(bytes, 12) !== 'IHDR' || textAt(bytes, bytes.length - 8) !== 'IEND')
    return null
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
}

/** The dimensions stand in the start of frame, after segments that each name their length; a file must also end as a JPEG does. */
function readJpeg(bytes: Uint8Array): Icon | null {
  if (bytes.length < 20 || bytes[0] !== 0xff || bytes[1] !== 0xd8 || !hasJpegEnd(bytes)) return null
  const view = viewOf(bytes)
  let at = 2
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
    } else if (isFrame(marker)) {
      return { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    } else {
      const length = view.getUint16(at + 2)
      if (length < 2 || marker === 0xda) return null
      at += 2 + length
    }
  }
  return null
}

/** Start of frame: C0 to CF without the tables DHT, JPG and DAC. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

/** Cameras may leave some bytes after the end. */
function hasJpegEnd(bytes: Uint8Array): boolean {
  for (let at = bytes.length - 2; at >= 2; at -= 1) if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true
  return false
}

function textAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
