/**
 * Every command of package.json begins here, on any Node from 20 on and with nothing installed: it installs what is
 * missing and then runs the task with the pinned Node of node_modules first on the PATH.
 */
import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The scripts of each task, one after the other; flags go to the last. */
const TASKS = {
  start: ['test/sandbox/start.ts'],
  test: ['scripts/tasks/test.ts'],
  verify: ['scripts/tasks/verify.ts'],
  bench: ['scripts/tasks/build.ts', 'test/bench/main.ts'],
  pack: ['scripts/tasks/build.ts', 'manifest/pack.ts'],
  picture: ['scripts/tasks/build.ts', 'scripts/tasks/picture.ts'],
}

function environment() {
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH].filter(Boolean).join(delimiter)
  return { ...process.env, PATH: path, NO_UPDATE_NOTIFIER: '1', WRANGLER_SEND_METRICS: 'false' }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Runs a script and resolves with its exit code, handing signals on so that Ctrl-C or a kill leaves nothing running. */
function run(script, flags) {
  const node = join(root, 'node_modules', '.bin', 'node')
  const child = spawn(node, [join(root, script), ...flags], { cwd: root, env: environment(), stdio: 'inherit' })
  return new Promise((done, failed) => {
    const handlers = SIGNALS.map((signal) => {
      // A terminal sends Ctrl-C to the whole group: the child has it already.
      const hand = () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal))
      process.on(signal, hand)
      return () => process.off(signal, hand)
    })
    child.on('error', failed)
    child.on('exit', (code, signal) => {
      for (const off of handlers) off()
      if (signal === null) done(code ?? 1)
      else process.kill(process.pid, signal)
    })
  })
}

async function main([task, ...flags]) {
  const scripts = TASKS[task]
  if (scripts === undefined) throw new Error(`Usage: node scripts/run.mjs ${Object.keys(TASKS).join('|')} [flags]`)
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Error(`Node 20 or newer is needed; this is ${process.version}.`)
  }
  await ensureInstalled(root)
  for (const script of scripts) {
    const code = await run(script, script === scripts.at(-1) ? flags : [])
    if (code !== 0) return code
  }
  return 0
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  },
)
