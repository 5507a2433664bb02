import { ICON_BYTES, imageTypeOf, squareOf } from './icon.model.ts'

export type PreparedIcon = { ok: true; icon: Blob } | { ok: false; reason: 'channel.iconType' | 'channel.iconBroken' }

function toBlob(canvas: HTMLCanvasElement, type: string): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, type, 0.9))
}

/**
 * A picture as a channel's icon: its middle square, at most as large as it is shown. Drawn anew, so that nothing that a camera
 * wrote beside the picture goes along.
 */
export async function prepareIcon(file: Blob): Promise<PreparedIcon> {
  const type = imageTypeOf(new Uint8Array(await file.slice(0, 8).arrayBuffer()))
  if (type === null) return { ok: false, reason: 'channel.iconType' }
  try {
    const picture = await createImageBitmap(new Blob([file], { type }))
    const { x, y, side, shown } = squareOf(picture.width, picture.height)
    const canvas = document.createElement('canvas')
    canvas.width = shown
    canvas.height = shown
    canvas.getContext('2d')?.drawImage(picture, x, y, side, side, 0, 0, shown, shown)
    picture.close()
    const png = await toBlob(canvas, type)
    const icon = png !== null && png.size > ICON_BYTES ? await toBlob(canvas, 'image/jpeg') : png
    return icon === null ? { ok: false, reason: 'channel.iconBroken' } : { ok: true, icon }
  } catch {
    return { ok: false, reason: 'channel.iconBroken' }
  }
}
