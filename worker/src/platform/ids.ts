const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz'

/** `<prefix>_` and 20 random characters of [0-9a-z] (103 bits). */
export function newId(prefix: 'org' | 'cv' | 'ct' | 'ch' | 'req' | 'lease' | 'ref' | 'test'): string {
  return `${prefix}_${randomText(20)}`
}

/** A secret of 40 characters of [0-9a-z] (206 bits), for keys and one-time tickets. */
export function newSecret(): string {
  return randomText(40)
}

function randomText(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      // 252 is the largest multiple of 36 in a byte: no letter is likelier than another.
      if (byte < 252 && text.length < length) text += ALPHABET[byte % 36]
    }
  }
  return text
}

/** A code that a person writes: capital letters and digits without those that are taken for one another. */
export function randomCode(length: number): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
  // 32 letters: no letter is likelier than another.
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => letters[byte % 32]).join('')
}
