import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Script and style of the ticket pane's first load, compressed, in bytes. */
export const FIRST_LOAD_LIMIT = 45_000

export type FirstLoad = { files: { path: string; bytes: number }[]; bytes: number }

const ATTRIBUTES = /<(?:script|link)\b[^>]*?\b(?:src|href)\s*=\s*["']([^"']+)["'][^>]*>/g
const isLoadedAtOnce = (tag: string): boolean => /<script\b|rel\s*=\s*["'](stylesheet|modulepreload)["']/.test(tag)

/** Static imports of a built module; `import(...)` is loaded later and does not count. */
const STATIC_IMPORT = /(?:\bfrom|\bimport)\s*["']([^"']+\.js)["']/g
const STYLE_IMPORT = /@import\s+(?:url\()?["']?([^"')\s]+\.css)/g

/**
 * What a page loads before it can show itself: scripts and styles it names and what these import statically, each
 * compressed on its own as a server sends them. Addresses of other origins (Desk's SDK) are not ours and do not count.
 */
export function firstLoad(directory: string, page: string): FirstLoad {
  const html = readFileSync(join(directory, page), 'utf8')
  const found = new Map<string, number>()
  const add = (from: string, reference: string): void => {
    if (/^([a-z]+:)?\/\//i.test(reference)) return
    const path = reference.startsWith('/') ? reference.replace(/^\/(app\/)?/, '') : join(dirname(from), reference)
    if (found.has(path)) return
    if (!existsSync(join(directory, path))) throw new Error(`${page} loads ${path}, which the build did not write`)
    const bytes = readFileSync(join(directory, path))
    found.set(path, gzipSync(bytes).length)
    const imports = path.endsWith('.css') ? STYLE_IMPORT : STATIC_IMPORT
    for (const match of bytes.toString('utf8').matchAll(imports)) if (match[1] !== undefined) add(path, match[1])
  }
  for (const [tag, reference] of html.matchAll(ATTRIBUTES)) {
    if (reference !== undefined && isLoadedAtOnce(tag)) add(page, reference)
  }
  const files = [...found].map(([path, bytes]) => ({ path, bytes }))
  return { files, bytes: files.reduce((sum, file) => sum + file.bytes, 0) }
}
