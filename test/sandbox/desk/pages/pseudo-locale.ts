/** Made of English, read from the right: shows what a right-to-left language would do to the layout. */
export const PSEUDO_LOCALE = 'ar-XB'

/** Brackets show where a text begins and ends; placeholders inside stay as they are. */
export function pseudoWords(words: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(words).map(([key, text]) => [key, `\u27e6${text}\u27e7`]))
}
