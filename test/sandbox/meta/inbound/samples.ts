import { oggSilence } from '../samples/ogg.ts'
import { mp4Clip } from '../samples/mp4.ts'
import { pdfPage } from '../samples/pdf.ts'
import { pngPicture } from '../samples/png.ts'
import { webpSticker } from '../samples/webp.ts'

export type Sample = { bytes: Uint8Array; mimeType: string; filename?: string }

const SAMPLES: Record<string, () => Sample> = {
  image: () => ({ bytes: pngPicture(320, 200), mimeType: 'image/png' }),
  document: () => ({
    bytes: pdfPage('A sample document from the sandbox.'),
    mimeType: 'application/pdf',
    filename: 'sample.pdf',
  }),
  audio: () => ({ bytes: oggSilence(3), mimeType: 'audio/ogg; codecs=opus' }),
  voice: () => ({ bytes: oggSilence(3), mimeType: 'audio/ogg; codecs=opus' }),
  video: () => ({ bytes: mp4Clip(), mimeType: 'video/mp4' }),
  sticker: () => ({ bytes: webpSticker(128, [255, 183, 77]), mimeType: 'image/webp' }),
}

/** A small real file of a media type; undefined for other types. */
export function sampleOf(type: string): Sample | undefined {
  return Object.hasOwn(SAMPLES, type) ? SAMPLES[type]?.() : undefined
}
