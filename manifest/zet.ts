import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { run } from '../scripts/gate/command.ts'
import { ROOT } from './constants.ts'
import { listZip } from './zip.ts'

export type PackedZip = { path: string; bytes: number; entries: { path: string; bytes: number }[] }

/**
 * The environment for zet. Its `pack` gives up silently, leaving an empty zip and exit code 0, as soon as the npm it starts
 * writes one line to stderr: no notice, warning or inherited setting may reach it.
 */
function quietEnvironment(home: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NODE_OPTIONS$|NODE_EXTRA_CA_CERTS$)/i.test(name),
  )
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    NO_UPDATE_NOTIFIER: '1',
    NODE_NO_WARNINGS: '1',
    npm_config_update_notifier: 'false',
    npm_config_loglevel: 'silent',
  }
}

async function zet(command: 'validate' | 'pack', directory: string): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'kaiwa-zet-'))
  try {
    const program = join(ROOT, 'node_modules', '.bin', 'zet')
    const result = await run(program, [command], { cwd: directory, env: quietEnvironment(home), limitMs: 120_000 })
    const output = result.output.trim()
    if (result.code !== 0) throw new Error(`zet ${command} ended with code ${result.code}:\n${output}`)
    return output
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/** Checks a staged extension with Zoho's own tool. Throws with its message when it objects. */
export async function validateExtension(directory: string): Promise<void> {
  const output = await zet('validate', directory)
  if (!output.includes('passed successfully')) throw new Error(`zet validate said nothing of success:\n${output}`)
}

/**
 * Packs a staged extension with Zoho's own tool into `<directory>/dist/<its name>.zip`, and believes neither its exit code
 * nor its words: the zip must hold every staged file.
 */
export async function packExtension(
  directory: string,
  files: readonly { path: string; bytes: number }[],
): Promise<PackedZip> {
  const output = await zet('pack', directory)
  const path = join(directory, 'dist', `${basename(directory)}.zip`)
  return checkZip(path, files, output)
}

/** Compares a zip with what should be in it. Throws when it is empty, damaged, or lacks or adds a file. */
export function checkZip(path: string, files: readonly { path: string; bytes: number }[], output = ''): PackedZip {
  const bytes = readFileSync(path)
  if (bytes.length === 0) throw new Error(`zet pack left an empty zip and said so to nobody.\n${output}`)
  const entries = listZip(bytes)
  const packed = new Map(entries.map((entry) => [entry.path, entry.bytes]))
  const missing = files.filter((file) => packed.get(file.path) !== file.bytes).map((file) => file.path)
  const foreign = entries.filter((entry) => !files.some((file) => file.path === entry.path)).map((entry) => entry.path)
  if (missing.length > 0) throw new Error(`Not in the zip, or not whole: ${missing.join(', ')}\n${output}`)
  if (foreign.length > 0) throw new Error(`In the zip, but not staged: ${foreign.join(', ')}`)
  return { path, bytes: bytes.length, entries }
}
