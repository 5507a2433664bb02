import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const MIGRATED = join(root, 'node_modules', '.cache', 'kaiwa-databases')

export const wranglerBin = join(root, 'node_modules', '.bin', 'wrangler')

export function wranglerEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, WRANGLER_SEND_METRICS: 'false', NO_UPDATE_NOTIFIER: '1', FORCE_COLOR: '0' }
}

/**
 * Wrangler applies migrations per database; what was applied is remembered by a hash, so that a second start is quick. Empty databases
 * with all migrations are kept for the next sandbox that begins from nothing.
 */
export function migrate({ stateDir, log }: { stateDir: string; log: (line: string) => void }): void {
  const marker = join(stateDir, 'migrations.sha256')
  const hash = hashOfMigrations()
  if (existsSync(marker) && readFileSync(marker, 'utf8') === hash) return
  const databases = join(stateDir, 'v3', 'd1')
  const kept = join(MIGRATED, hash)
  const isNew = !existsSync(databases)
  if (isNew && existsSync(kept)) {
    cpSync(kept, databases, { recursive: true })
    writeFileSync(marker, hash)
    return
  }
  log('Preparing the databases…')
  for (const database of ['DIRECTORY', 'SHARD_0', 'SHARD_1']) {
    const { status, stdout, stderr } = spawnSync(
      wranglerBin,
      ['d1', 'migrations', 'apply', database, '--local', '--persist-to', stateDir],
      { cwd: root, encoding: 'utf8', env: { ...wranglerEnvironment(), CI: 'true' }, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    if (status !== 0) throw new Error(`Migrating ${database} failed:\n${stdout}\n${stderr}`)
  }
  writeFileSync(marker, hash)
  if (isNew && existsSync(databases)) keepForLater(databases, kept)
}

/** Several sandboxes may begin at once: what stands there is always whole. */
function keepForLater(databases: string, kept: string): void {
  const copy = `${kept}.${process.pid}`
  cpSync(databases, copy, { recursive: true })
  if (existsSync(kept)) rmSync(copy, { recursive: true })
  else renameSync(copy, kept)
}

/** What the databases are made of: the migrations, their names and ids, and the program that lays them down. */
function hashOfMigrations(): string {
  const folder = join(root, 'worker', 'migrations')
  const hash = createHash('sha256')
  for (const file of ['wrangler.toml', 'node_modules/wrangler/package.json'])
    hash.update(readFileSync(join(root, file)))
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (name.endsWith('.sql')) hash.update(name).update(readFileSync(join(folder, name)))
  }
  return hash.digest('hex')
}
