import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'

const wordsSchema = z.record(z.string(), z.string())

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

/** The manifest of a staged extension as it is packed, unchecked. Throws before the extension was staged. */
export const stagedManifest = (dir: string): unknown => readJson(join(dir, 'plugin-manifest.json'))

const manifestSchema = z.record(z.string(), z.unknown())

/**
 * The manifest with what a deployment adds that lets Desk call its Worker: the listener's addresses and the secret they are signed
 * with. Without it nobody but an administrator can put the install key into the extension's configuration.
 */
export function withCallbacks(manifest: unknown, workerOrigin: string, secret: string): unknown {
  const url = `${workerOrigin}/desk/callback`
  const callbackListener = { onInstall: url, onUninstall: url, onUpdate: url, onDeskAuthorise: url }
  return { ...manifestSchema.parse(manifest), callbackListener, secret }
}

/** The words of a staged extension by locale, as Desk reads them from the package. */
export function stagedLocales(dir: string): Record<string, Record<string, string>> {
  const folder = join(dir, 'app', 'translations')
  return Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => [basename(name, '.json'), wordsSchema.parse(readJson(join(folder, name)))]),
  )
}
