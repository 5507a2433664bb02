import { lstatSync, readdirSync } from 'node:fs'
import { basename, join, sep } from 'node:path'

const MAX_FILES = 250
const MAX_BYTES = 5_000_000
const MAX_NAME = 50
const FILE_NAME = /^[A-Za-z0-9_.$-]+$/
const FOLDER_NAME = /^[A-Za-z0-9_$-]+$/

/** Other kinds are only warned about by the packer and then missing in the zip. */
const ALLOWED_KIND = /\.(jpe?g|png|gif|svg|css|woff2?|ttf|eot|webm|js|mp[34]|json|txt|md|xml|html)$/

export type StagedFile = { path: string; bytes: number }

/** Every file below a directory, relative to it, with forward slashes. */
export function listFiles(directory: string): StagedFile[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => ({ name, stats: lstatSync(join(directory, name)) }))
    .filter(({ stats }) => !stats.isDirectory())
    .map(({ name, stats }) => ({ path: name.split(sep).join('/'), bytes: stats.size }))
    .toSorted((a, b) => a.path.localeCompare(b.path))
}

/** What Desk's packer would refuse or silently leave out, one sentence each. `locales` are those of the manifest. */
export function findFileProblems(files: readonly StagedFile[], locales: readonly string[]): string[] {
  const problems = files.flatMap(({ path, bytes }) => {
    const name = basename(path)
    const folders = path.split('/').slice(0, -1)
    const found: string[] = []
    if (!ALLOWED_KIND.test(name)) found.push(`${path}: the packer leaves out files of this kind`)
    if (!FILE_NAME.test(name)) found.push(`${path}: a name has only letters, digits and _ . $ -`)
    if (name.lastIndexOf('.') === 0) found.push(`${path}: a name is more than an extension`)
    if (name.length > MAX_NAME) found.push(`${path}: a name has at most ${MAX_NAME} characters`)
    if (folders.some((folder) => !FOLDER_NAME.test(folder)))
      found.push(`${path}: a folder has only letters, digits and _ $ -`)
    if (bytes > MAX_BYTES) found.push(`${path}: larger than ${MAX_BYTES} bytes`)
    const locale = /^app\/translations\/(.+)\.json$/.exec(path)?.[1]
    if (path.startsWith('app/translations/') && !locales.includes(locale ?? '')) {
      found.push(`${path}: the manifest lists no such locale`)
    }
    return found
  })
  // The packer counts translations twice.
  const count = files.length + files.filter(({ path }) => path.startsWith('app/translations/')).length
  if (count > MAX_FILES) problems.push(`${count} files; at most ${MAX_FILES} are allowed`)
  return problems
}
