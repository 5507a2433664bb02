import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'

const wordsSchema = z.record(z.string(), z.string())

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

/** The manifest of a staged extension as it is packed, unchecked. Throws before the extension was staged. */
export const stagedManifest = (dir: string): unknown => readJson(join(dir, 'plugin-manifest.json'))

/** The words of a staged extension by locale, as Desk reads them from the package. */
export function stagedLocales(dir: string): Record<string, Record<string, string>> {
  const folder = join(dir, 'app', 'translations')
  return Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => [basename(name, '.json'), wordsSchema.parse(readJson(join(folder, name)))]),
  )
}
