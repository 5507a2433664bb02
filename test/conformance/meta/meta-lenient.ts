import type { Leniency } from '../contract/strictness.ts'

/** What Graph takes though its description refuses it. */
export const metaLenient: readonly Leniency[] = [
  {
    id: 'no-type-means-text',
    path: /\/messages$/,
    what: /^\/type is gone$/,
    why: 'samples of the description leave the type out, too',
  },
]
