const base64Url = (bytes: Uint8Array<ArrayBuffer>): string =>
  btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

export type Verifier = { verifier: string; challenge: string }

/** A verifier that never leaves the page before its code has come, and the hash of it that the window is opened with. */
export async function makeVerifier(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): Promise<Verifier> {
  const bytes = new Uint8Array(32)
  random(bytes)
  const verifier = base64Url(bytes)
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return { verifier, challenge: base64Url(new Uint8Array(hash)) }
}
