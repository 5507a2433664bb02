import type { Portal } from '../state.ts'
import type { Manifest } from './manifest.ts'

/** What a secure value looks like to scripts: they never read it. */
export const MASK = '********'

export type ConfigValue = { name: string; value: string }

/** `get("extension.config")`: every parameter that has a value, secure ones masked (the shape is unconfirmed). */
export function visibleConfig(portal: Portal, manifest: Manifest): ConfigValue[] {
  return Object.entries(portal.extension.config).map(([name, value]) => ({
    name,
    // A parameter the manifest does not know could be anything: it is masked too.
    value: manifest.config.find((parameter) => parameter.name === name)?.isSecure === false ? value : MASK,
  }))
}

/** Throws a readable Error for a parameter that the manifest does not name. */
export function setConfig(portal: Portal, manifest: Manifest, name: string, value: string): void {
  if (!manifest.config.some((parameter) => parameter.name === name)) {
    throw new Error(`The extension has no configuration parameter "${name}".`)
  }
  portal.extension.config[name] = value
}

/** Puts the parameters' values in for `{{name}}`; a name without a value stays as it is. */
export function fillParameters(text: string, config: Record<string, string>): string {
  return text.replace(/\{\{\s*([A-Za-z][\w -]*?)\s*\}\}/g, (whole, name: string) => config[name] ?? whole)
}
