import type { DeskSettings } from '../settings.ts'
import { isObject, plain } from '../rest/input.ts'
import { fillParameters } from './config-params.ts'
import type { Manifest } from './manifest.ts'

const METHODS = ['GET', 'POST', 'PUT', 'DELETE']

type ProxyRequest = { url: URL; init: RequestInit }

/** `{{name}}` is filled from `config`, which scripts cannot read. */
export type ProxyPlace = { manifest: Manifest; config: Record<string, string>; settings: DeskSettings }

/**
 * `ZOHODESK.request`: Zoho's servers make the call. Resolves to the JSON string `{statusCode, response}` whatever the
 * other side answered; throws a readable Error when the call is not allowed or gets no answer.
 */
export async function runProxy(options: unknown, place: ProxyPlace): Promise<string> {
  const { url, init } = proxyRequest(options, place)
  try {
    const signal = AbortSignal.timeout(place.settings.proxyTimeoutMs)
    const response = await fetch(url, { ...init, signal })
    return JSON.stringify({ statusCode: response.status, response: await response.text() })
  } catch (error) {
    throw new Error(`The request to ${url.origin} got no answer.`, { cause: error })
  }
}

/** What goes out for the widget's options. Throws a readable Error when it may not. */
export function proxyRequest(options: unknown, place: ProxyPlace): ProxyRequest {
  const { config, settings } = place
  if (!isObject(options) || typeof options.url !== 'string') throw new Error('request: url is missing.')
  if (options.connectionLinkName !== undefined) throw new Error('request: there is no such connection.')
  const url = allowedUrl(fillParameters(options.url, config), place.manifest)
  for (const [name, value] of Object.entries(isObject(options.data) ? options.data : {})) {
    url.searchParams.append(name, plain(value))
  }
  const headers = new Headers()
  for (const [name, value] of Object.entries(isObject(options.headers) ? options.headers : {})) {
    headers.set(name, fillParameters(plain(value), config))
  }
  const type = typeof options.type === 'string' ? options.type.toUpperCase() : 'GET'
  if (!METHODS.includes(type)) throw new Error(`request: the type ${type} is not possible.`)
  const override = headers.get('header-override')
  headers.delete('header-override')
  const method = type === 'POST' && override !== null ? override.toUpperCase() : type
  // With a response type set, body and files are left out.
  const hasBody = method !== 'GET' && options.responseType === undefined
  const body = hasBody ? bodyOf(options, headers, config, settings) : undefined
  return { url, init: { method, headers, ...(body === undefined ? {} : { body }) } }
}

/** The address, if its origin is one of the manifest's `whiteListedDomains` (`https://*.example.com` is a pattern). */
function allowedUrl(text: string, manifest: Manifest): URL {
  if (!URL.canParse(text)) throw new Error('request: this is no address.')
  const url = new URL(text)
  const isListed = manifest.whiteListedDomains.some((domain) => {
    if (!domain.includes('*')) return URL.canParse(domain) && new URL(domain).origin === url.origin
    const [scheme = '', host = ''] = domain.split('://*')
    return url.protocol === `${scheme}:` && url.host.endsWith(host.replace(/\/.*$/, ''))
  })
  if (!isListed) throw new Error(`request: ${url.origin} is not in whiteListedDomains.`)
  return url
}

function bodyOf(
  options: Record<string, unknown>,
  headers: Headers,
  config: Record<string, string>,
  settings: DeskSettings,
): RequestInit['body'] | undefined {
  const fields = settings.proxyReplacesBody ? filled(options.postBody, config) : options.postBody
  const files = Array.isArray(options.fileObj) ? options.fileObj.filter(isObject) : []
  if (files.length > 0) {
    headers.delete('content-type')
    return multipart(fields, files)
  }
  if (fields === undefined || fields === null) return undefined
  if (settings.proxyBody === 'form' && isObject(fields)) {
    headers.set('content-type', 'application/x-www-form-urlencoded')
    return new URLSearchParams(
      Object.entries(fields).map(([name, value]): [string, string] => [name, plain(value)]),
    ).toString()
  }
  if (!headers.has('content-type')) headers.set('content-type', 'application/json')
  return plain(fields)
}

/** Files come from the page as `{fileName, fileType, key, content}` with the content in base64. */
function multipart(fields: unknown, files: readonly Record<string, unknown>[]): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(isObject(fields) ? fields : {})) form.set(name, plain(value))
  for (const file of files) {
    const bytes = Buffer.from(plain(file.content), 'base64')
    form.set(plain(file.key), new File([bytes], plain(file.fileName), { type: plain(file.fileType) }))
  }
  return form
}

function filled(value: unknown, config: Record<string, string>): unknown {
  return value === undefined ? undefined : JSON.parse(fillParameters(JSON.stringify(value), config))
}
