/** What may be uploaded and sent as what (the reference's section 8). Sizes in bytes. */
type Kind = 'image' | 'audio' | 'video' | 'document' | 'sticker'

const MB = 1024 * 1024

const FORMATS: Record<Kind, readonly string[]> = {
  image: ['image/jpeg', 'image/png'],
  audio: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
  video: ['video/mp4', 'video/3gpp'],
  document: [
    'text/plain',
    'application/pdf',
    'application/msword',
    'application/vnd.ms-excel',
    'application/vnd.ms-powerpoint',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  ],
  sticker: ['image/webp'],
}

const LIMITS: Record<Exclude<Kind, 'sticker'>, number> = {
  image: 5 * MB,
  audio: 16 * MB,
  video: 16 * MB,
  document: 100 * MB,
}

const STATIC_STICKER = 100 * 1024
const ANIMATED_STICKER = 500 * 1024

export const uploadableTypes: readonly string[] = Object.values(FORMATS).flat()

export function kindOfMime(mimeType: string): Kind | undefined {
  const bare = bareType(mimeType)
  return KINDS.find((kind) => FORMATS[kind].includes(bare))
}

const KINDS: readonly Kind[] = ['image', 'audio', 'video', 'document', 'sticker']

export function isMediaKind(type: string): type is Kind {
  return KINDS.some((kind) => kind === type)
}

/** `audio/ogg; codecs=opus` is `audio/ogg`. */
export function bareType(mimeType: string): string {
  return (mimeType.split(';')[0] ?? '').trim().toLowerCase()
}

/** Largest size for these bytes; stickers that move may be larger. */
export function sizeLimit(kind: Kind, bytes: Uint8Array): number {
  if (kind !== 'sticker') return LIMITS[kind]
  return isAnimatedWebp(bytes) ? ANIMATED_STICKER : STATIC_STICKER
}

/** Whether Meta's processing takes the bytes for what they are said to be. */
export function isGenuine(mimeType: string, bytes: Uint8Array): boolean {
  const check = SIGNATURES[bareType(mimeType)]
  return check === undefined || check(bytes)
}

/** Why a file cannot go out as this kind of message; undefined when it can. */
export function sendProblem(kind: Kind, mimeType: string, bytes: Uint8Array, isVoice: boolean): string | undefined {
  if (!FORMATS[kind].includes(bareType(mimeType))) return `Unsupported ${kind} mime type ${bareType(mimeType)}`
  if (bytes.byteLength > sizeLimit(kind, bytes)) return `The ${kind} is larger than ${sizeLimit(kind, bytes)} bytes`
  if (!isGenuine(mimeType, bytes)) return `The file is not a valid ${bareType(mimeType)}`
  if (isVoice && bareType(mimeType) !== 'audio/ogg') return 'A voice message must be ogg with the opus codec'
  return undefined
}

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to))

const SIGNATURES: Record<string, (bytes: Uint8Array) => boolean> = {
  'image/jpeg': (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8,
  'image/png': (bytes) => ascii(bytes, 1, 4) === 'PNG',
  'image/webp': (bytes) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP',
  'application/pdf': (bytes) => ascii(bytes, 0, 5) === '%PDF-',
  // The first page of an Ogg stream holds the codec's head; WhatsApp takes opus only.
  'audio/ogg': (bytes) => ascii(bytes, 0, 4) === 'OggS' && ascii(bytes, 28, 36) === 'OpusHead',
  'video/mp4': (bytes) => ascii(bytes, 4, 8) === 'ftyp',
  'video/3gpp': (bytes) => ascii(bytes, 4, 8) === 'ftyp',
}

function isAnimatedWebp(bytes: Uint8Array): boolean {
  return ascii(bytes, 12, 16) === 'VP8X' && ((bytes[20] ?? 0) & 0x02) !== 0
}
