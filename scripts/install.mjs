import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const MARKER = 'node_modules/.kaiwa-installed'

const read = (root, file) => readFileSync(join(root, file), 'utf8')

const machine = `${process.platform}-${process.arch}`

/** What the installed packages depend on: the machine's kind, for some packages are binaries, and the lockfile. */
export function fingerprint(root) {
  return `${machine} ${createHash('sha256').update(read(root, 'package-lock.json')).digest('hex')}`
}

const isRunnable = (root) => existsSync(join(root, 'node_modules/.bin/node'))

const isMusl = () => process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime

/** Whether a package is for machines like this one. One that names no system may be left out when it is optional. */
function isForThisMachine({ os, cpu, libc }) {
  if (os === undefined && cpu === undefined) return false
  const fits = (list, value) => list === undefined || list.includes(value)
  return fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, isMusl() ? 'musl' : 'glibc')
}

/**
 * Whether the packages that are there are those of the lockfile. npm leaves a lockfile of its own in node_modules once it
 * has finished; what it left out must be optional and for other machines.
 */
export function isSameAsLockfile(root) {
  try {
    const wanted = JSON.parse(read(root, 'package-lock.json')).packages
    const found = JSON.parse(read(root, 'node_modules/.package-lock.json')).packages
    return Object.entries(wanted).every(([path, entry]) => {
      if (path === '') return true
      const there = found[path]
      if (there === undefined) return entry.optional === true && !isForThisMachine(entry)
      return there.version === entry.version
    })
  } catch {
    return false
  }
}

/** Whether `npm ci` has to run before anything else can. */
export function needsInstall(root) {
  if (!isRunnable(root)) return true
  const marker = join(root, MARKER)
  const before = existsSync(marker) ? readFileSync(marker, 'utf8') : ''
  if (before === fingerprint(root)) return false
  if (before !== '' && !before.startsWith(`${machine} `)) return true
  return !isSameAsLockfile(root)
}

function runCommand(command, args, cwd) {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] })
  const startedAt = Date.now()
  const beat = setInterval(() => {
    process.stderr.write(`  … still installing (${Math.round((Date.now() - startedAt) / 1000)} s)\n`)
  }, 10_000)
  return new Promise((done, failed) => {
    child.on('error', failed)
    child.on('close', (code) => done(code ?? 1))
  }).finally(() => clearInterval(beat))
}

function runNpm(root, args) {
  // The npm that started us, where one did; another may stand on the PATH.
  const npm = process.env.npm_execpath
  return npm ? runCommand(process.execPath, [npm, ...args], root) : runCommand('npm', args, root)
}

/** npm 12 runs no install scripts unasked. Of all packages only `node` cannot do without: it fetches its binary in one. */
async function installNode(root) {
  const directory = join(root, 'node_modules', 'node')
  await runCommand(process.execPath, ['installArchSpecificPackage.js'], directory)
  const link = join(root, 'node_modules', '.bin', 'node')
  if (!existsSync(link) && existsSync(join(directory, 'bin', 'node'))) symlinkSync('../node/bin/node', link)
}

/**
 * Installs the packages of the lockfile where they are missing or not those of the lockfile.
 * Throws an Error with a sentence for the reader when npm fails.
 */
export async function ensureInstalled(root) {
  if (needsInstall(root)) {
    const count = Object.keys(JSON.parse(read(root, 'package-lock.json')).packages).length - 1
    process.stderr.write(`Installing up to ${count} packages with npm ci (a minute or two, only when they change) …\n`)
    const startedAt = Date.now()
    const code = await runNpm(root, ['ci', '--no-fund', '--no-audit', '--loglevel=error'])
    if (code !== 0) throw new Error(`npm ci failed with code ${code}; its message is above.`)
    if (!isRunnable(root)) await installNode(root)
    if (!isRunnable(root)) throw new Error('The package "node" came without its binary, and its script brought none.')
    process.stderr.write(`Installed in ${Math.round((Date.now() - startedAt) / 1000)} s.\n`)
  }
  const marker = join(root, MARKER)
  if (!existsSync(marker) || readFileSync(marker, 'utf8') !== fingerprint(root))
    writeFileSync(marker, fingerprint(root))
}
