const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

function chunk(type: string, data: readonly number[]): number[] {
  return [...uint32(data.length), ...type.split('').map((letter) => letter.charCodeAt(0)), ...data, 0, 0, 0, 0]
}

function uint32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]
}

/** The frame of a PNG with these dimensions, without pixels. */
export function pngOf(width: number, height: number, header = 'IHDR'): Uint8Array<ArrayBuffer> {
  const dimensions = [...uint32(width), ...uint32(height), 8, 6, 0, 0, 0]
  return Uint8Array.from([...SIGNATURE, ...chunk(header, dimensions), ...chunk('IDAT', []), ...chunk('IEND', [])])
}

/** The frame of a JPEG with these dimensions, without pixels: a comment, a table, the start of frame. */
export function jpegOf(width: number, height: number): Uint8Array<ArrayBuffer> {
  const segment = (marker: number, data: readonly number[]): number[] => [0xff, marker, 0, data.length + 2, ...data]
  const size = [height >>> 8, height & 0xff, width >>> 8, width & 0xff]
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xfe, [1, 2, 3]),
    ...segment(0xc4, [0, 0, 0]),
    ...segment(0xc0, [8, ...size, 1, 1, 0x11, 0]),
    ...segment(0xda, [1, 1, 0, 0, 0x3f, 0]),
    ...[0x12, 0x34, 0xff, 0xd9],
  ])
}
