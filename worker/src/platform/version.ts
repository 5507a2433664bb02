import manifest from '../../../package.json'

/** What the product calls itself; package.json says it once. */
export const VERSION: string = manifest.version
