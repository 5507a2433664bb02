import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PLACEHOLDER_ORIGIN, ROOT, SDK_URL } from './constants.ts'
import { findFileProblems, listFiles } from './file-rules.ts'
import type { Manifest } from './manifest.schema.ts'
import { manifestSchema, resourcesSchema } from './manifest.schema.ts'

export type StageOptions = {
  /** Where the Worker answers, such as `https://kaiwa.example.workers.dev`. Plain http only on this machine. */
  workerOrigin: string
  /** Directory to write; what it held is replaced. */
  outDir: string
  /** Address of a stand-in for Desk's SDK. Only the sandbox has one; it ends in `/ZohoDeskClientSDK.min.js`. */
  sdkUrl?: string
  /** What Desk signs its callbacks with; without it the package asks for none. */
  callbackSecret?: string
  /** The project's root; tests stage others. */
  root?: string
}

export type StagedExtension = { manifest: Manifest; files: { path: string; bytes: number }[] }

const LOCAL_HOSTS = ['127.0.0.1', 'localhost', '[::1]']

/** Checks an origin and gives it with its WebSocket form. Throws for anything but a bare https (or local http) origin. */
export function originsOf(workerOrigin: string): { http: string; socket: string } {
  const url = URL.canParse(workerOrigin) ? new URL(workerOrigin) : undefined
  const isAllowed = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOCAL_HOSTS.includes(url.hostname))
  if (url === undefined || !isAllowed || workerOrigin.replace(/\/$/, '') !== url.origin) {
    throw new Error(`"${workerOrigin}" is no origin such as https://kaiwa.example.workers.dev`)
  }
  return { http: url.origin, socket: url.origin.replace(/^http/, 'ws') }
}

/** Desk's callbacks as the packed manifest names them: with them the Worker places install keys by itself. */
function callbacks(workerOrigin: string, secret: string | undefined): Pick<Manifest, 'callbackListener' | 'secret'> {
  const url = `${workerOrigin}/desk/callback`
  const callbackListener = { onInstall: url, onUpdate: url, onUninstall: url, onDeskAuthorise: url }
  return secret === undefined ? {} : { callbackListener, secret }
}

/** The committed manifest, checked. */
export function readManifest(root = ROOT): Manifest {
  return manifestSchema.parse(JSON.parse(readFileSync(join(root, 'plugin-manifest.json'), 'utf8')))
}

/**
 * Writes the extension as it is packed: manifest, resources and the built widget, with the Worker's address in place of the
 * placeholder. The widget must have been built. Throws when the result breaks a rule of Desk's package.
 */
export function stageExtension(options: StageOptions): StagedExtension {
  const { workerOrigin, outDir, sdkUrl, callbackSecret, root = ROOT } = options
  const { http, socket } = originsOf(workerOrigin)
  if (!existsSync(join(root, 'app', 'ticket.html')))
    throw new Error('The widget is not built: app/ticket.html is missing.')
  const source = readManifest(root)
  const place = (text: string): string =>
    text
      .replaceAll(PLACEHOLDER_ORIGIN.replace(/^http/, 'ws'), socket)
      .replaceAll(PLACEHOLDER_ORIGIN, http)
      .replaceAll(SDK_URL, sdkUrl ?? SDK_URL)
      .replaceAll(new URL(SDK_URL).origin, new URL(sdkUrl ?? SDK_URL).origin)

  rmSync(outDir, { recursive: true, force: true })
  mkdirSync(outDir, { recursive: true })
  cpSync(join(root, 'app'), join(outDir, 'app'), { recursive: true })
  rmSync(join(outDir, 'app', 'translations'), { recursive: true, force: true })
  for (const locale of source.locale) {
    cpSync(join(root, 'translations', `${locale}.json`), join(outDir, 'app', 'translations', `${locale}.json`))
  }
  cpSync(join(root, 'manifest', 'icons'), join(outDir, 'app', 'img'), { recursive: true })

  const placed = manifestSchema.parse(JSON.parse(place(JSON.stringify(source))))
  const manifest = manifestSchema.parse({ ...placed, ...callbacks(http, callbackSecret) })
  writeFileSync(join(outDir, 'plugin-manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  const resources = resourcesSchema.parse(JSON.parse(readFileSync(join(root, 'manifest', 'resources.json'), 'utf8')))
  writeFileSync(join(outDir, 'resources.json'), `${JSON.stringify(resources, null, 2)}\n`)

  const files = listFiles(outDir)
  for (const { path } of files.filter((file) => file.path.endsWith('.html'))) {
    const page = join(outDir, path)
    writeFileSync(page, place(readFileSync(page, 'utf8')))
  }
  const problems = [...findFileProblems(files, manifest.locale), ...findReferenceProblems(outDir, manifest)]
  if (http !== PLACEHOLDER_ORIGIN) problems.push(...findPlaceholders(outDir, files))
  if (problems.length > 0) throw new Error(`The package breaks Desk's rules:\n${problems.join('\n')}`)
  return { manifest, files: listFiles(outDir) }
}

/** Files the manifest names that are not there. */
function findReferenceProblems(outDir: string, { modules, locale }: Manifest): string[] {
  const named = modules.widgets.flatMap(({ url, logo, icon }) => [url, logo, icon])
  const translations = locale.map((code) => `/app/translations/${code}.json`)
  return [...new Set([...named, ...translations])]
    .filter((path) => !existsSync(join(outDir, path)))
    .map((path) => `${path}: named in the manifest, but not there`)
}

/** Files that still name the placeholder: the widget would call nobody. */
function findPlaceholders(outDir: string, files: readonly { path: string }[]): string[] {
  const host = new URL(PLACEHOLDER_ORIGIN).host
  return files
    .filter(({ path }) => /\.(html|js|json|css)$/.test(path) && readFileSync(join(outDir, path), 'utf8').includes(host))
    .map(({ path }) => `${path}: still names ${host}`)
}
