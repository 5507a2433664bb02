import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, run } from './command.ts'
import { readSource, sourceFiles } from './files.ts'

const MARKER = join(ROOT, 'node_modules', '.cache', 'kaiwa-widget')
const PAGE = join(ROOT, 'app', 'ticket.html')

/** Everything the built widget depends on. */
function fingerprint(): string {
  const hash = createHash('sha256')
  const folders = ['widget', 'contract', 'translations'].flatMap((folder) => sourceFiles(folder, /./))
  for (const path of [...folders, 'tsconfig.json', 'package-lock.json']) hash.update(path).update(readSource(path))
  return hash.digest('hex')
}

/** Whether `app/` holds what the sources of now would give. */
export function isWidgetBuilt(): boolean {
  return existsSync(PAGE) && existsSync(MARKER) && readFileSync(MARKER, 'utf8') === fingerprint()
}

/** Builds the widget into `app/`. Gives the builder's output; throws with it when the build fails. */
export async function buildWidget(): Promise<string> {
  const before = fingerprint()
  const { code, output } = await run('vite', ['build', '--config', 'widget/vite.config.ts'])
  if (code !== 0 || !existsSync(PAGE)) throw new Error(`Building the widget failed (code ${code}):\n${output}`)
  mkdirSync(join(MARKER, '..'), { recursive: true })
  writeFileSync(MARKER, before)
  return output
}
