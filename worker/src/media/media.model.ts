/** Larger inbound files are refused by Meta itself (error 131052). */
export const MAX_MEDIA_BYTES = 100 * 1024 * 1024

const MAX_ATTEMPTS = 8

/** When a failed fetch is tried again, epoch milliseconds; null when it is given up. Meta keeps webhook media for seven days. */
export function nextFetchAt(attempts: number, now: number, random: number): number | null {
  if (attempts + 1 >= MAX_ATTEMPTS) return null
  return now + 2 ** attempts * 2_000 * (0.75 + random / 2)
}

/** Meta's own hosts of media, to which alone the token is sent. `sandbox` is the origin that stands in for them locally. */
export function isMediaHost(url: string, sandboxOrigin: string | undefined): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, origin } = new URL(url)
  if (sandboxOrigin !== undefined) return origin === new URL(sandboxOrigin).origin
  return (
    protocol === 'https:' &&
    ['facebook.com', 'fbsbx.com', 'whatsapp.net', 'fbcdn.net'].some((host) => isWithin(hostname, host))
  )
}

function isWithin(hostname: string, host: string): boolean {
  return hostname === host || hostname.endsWith(`.${host}`)
}

const INLINE_TYPES = /^(image\/(jpeg|png|webp|gif)|audio\/[\w.+-]+|video\/[\w.+-]+)$/

/** How stored bytes may be served: nothing a browser would run, and only pictures, sound and film inside a page. */
export function servedAs(
  mimeType: string | null,
  fileName: string | null,
): { contentType: string; disposition: string } {
  const bare = (mimeType ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const isInline = INLINE_TYPES.test(bare)
  const name = encodeURIComponent(safeFileName(fileName))
  return {
    contentType: isInline || bare === 'application/pdf' ? bare : 'application/octet-stream',
    disposition: `${isInline ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
  }
}

/** A name that any file system takes: no path, no control or direction characters, at most 120 characters. */
export function safeFileName(name: string | null): string {
  const bare = (name ?? '')
    .toWellFormed()
    .replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, '_')
    .replace(/^\.+/, '_')
  const characters = Array.from(bare.trim())
  return characters.length === 0 ? 'file' : characters.slice(-120).join('')
}
