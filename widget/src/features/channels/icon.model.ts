/** Limits of the contract; a test compares them. */
export const ICON_BYTES = 1_048_576
export const ICON_PIXELS = 1_024

/** What WhatsApp and Desk show is small; more would only be slow. */
export const SHOWN_PIXELS = 512

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const JPEG = [0xff, 0xd8, 0xff]

/** Decided by the first bytes: a file's name says nothing. Null for everything else. */
export function imageTypeOf(bytes: Uint8Array): 'image/png' | 'image/jpeg' | null {
  const begins = (magic: readonly number[]): boolean => magic.every((byte, at) => bytes[at] === byte)
  if (begins(PNG)) return 'image/png'
  return begins(JPEG) ? 'image/jpeg' : null
}

/** The middle square of a picture, as an icon shows it. */
export function squareOf(width: number, height: number): { x: number; y: number; side: number; shown: number } {
  const side = Math.min(width, height)
  return { x: (width - side) / 2, y: (height - side) / 2, side, shown: Math.min(side, SHOWN_PIXELS) }
}
