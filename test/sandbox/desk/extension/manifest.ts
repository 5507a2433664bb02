import { isObject } from '../rest/input.ts'

export type ConfigParameter = {
  name: string
  displayName: string
  description: string
  type: string
  isUserDefined: boolean
  isMandatory: boolean
  isSecure: boolean
}

export type Widget = { name: string; location: string; url: string; icon: string }

/** What the double uses of `plugin-manifest.json`. */
export type Manifest = {
  widgets: Widget[]
  config: ConfigParameter[]
  whiteListedDomains: string[]
  callbackListener: Record<string, string>
  /** Key of HASH; callbacks and the Invoke API need it. */
  secret: string | undefined
  hasStorage: boolean
  locales: string[]
}

/** Reads a manifest; parts of the wrong shape are left out (the packager's own check is another thing). */
export function readManifest(value: unknown): Manifest {
  const manifest = isObject(value) ? value : {}
  const modules = isObject(manifest.modules) ? manifest.modules : {}
  return {
    widgets: objectsOf(modules.widgets).map((widget) => ({
      name: textOf(widget.name),
      location: textOf(widget.location),
      url: textOf(widget.url),
      icon: textOf(widget.icon),
    })),
    config: objectsOf(manifest.config).map((parameter) => ({
      name: textOf(parameter.name),
      displayName: textOf(parameter.displayName),
      description: textOf(parameter.description),
      type: textOf(parameter.type),
      isUserDefined: parameter.userdefined === true,
      isMandatory: parameter.mandatory === true,
      isSecure: parameter.secure === true,
    })),
    whiteListedDomains: textsOf(manifest.whiteListedDomains),
    callbackListener: Object.fromEntries(
      Object.entries(isObject(manifest.callbackListener) ? manifest.callbackListener : {}).map(([event, url]) => [
        event,
        textOf(url),
      ]),
    ),
    secret: typeof manifest.secret === 'string' ? manifest.secret : undefined,
    hasStorage: manifest.storage === true,
    locales: textsOf(manifest.locale),
  }
}

function objectsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
