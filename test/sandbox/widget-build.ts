import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const SOURCES = ['widget', 'translations', 'contract', 'package-lock.json']
const marker = join(root, 'node_modules', '.cache', 'kaiwa', 'widget.sha256')

/** Builds the widget into `app/` when its sources changed since the last build. Throws with the builder's own output. */
export function buildWidget(log: (line: string) => void): void {
  const hash = createHash('sha256')
  for (const source of SOURCES) addTo(hash, join(root, source))
  const digest = hash.digest('hex')
  if (existsSync(join(root, 'app', 'ticket.html')) && existsSync(marker) && readFileSync(marker, 'utf8') === digest) return
  log('Building the widget…')
  const { status, stdout, stderr } = spawnSync(
    join(root, 'node_modules', '.bin', 'vite'),
    ['build', '--config', 'widget/vite.config.ts', '--logLevel', 'warn'],
    { cwd: root, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`Building the widget failed:\n${stdout}\n${stderr}`)
  mkdirSync(dirname(marker), { recursive: true })
  writeFileSync(marker, digest)
}

function addTo(hash: ReturnType<typeof createHash>, path: string): void {
  if (statSync(path).isFile()) {
    hash.update(path.slice(root.length)).update(readFileSync(path))
    return
  }
  for (const name of readdirSync(path).toSorted()) addTo(hash, join(path, name))
}
