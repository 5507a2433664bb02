import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { wranglerBin, wranglerEnvironment } from '../sandbox/worker-databases.ts'
import { eventually } from './wait.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export type TwinOptions = { port: number; stateDir: string; vars: Record<string, string> }

/**
 * Two Worker services on the same databases, queues, buckets and Durable Objects, from the wrangler.toml that deploys; the second one
 * reaches the first one's Durable Objects. Behind one address they take turns. Resolves to what ends them.
 */
export async function startTwinWorkers({ port, stateDir, vars }: TwinOptions): Promise<() => Promise<void>> {
  const folder = join(stateDir, 'twins')
  mkdirSync(folder, { recursive: true })
  const configs = Object.entries(configsOf(vars)).map(([name, text]) => {
    const file = join(folder, `${name}.toml`)
    writeFileSync(file, text)
    return file
  })
  const child = spawn(
    wranglerBin,
    [
      'dev',
      ...configs.flatMap((file) => ['-c', file]),
      ...['--port', String(port), '--ip', '127.0.0.1', '--inspector-port', '0', '--persist-to', stateDir],
      ...['--show-interactive-dev-session=false', '--live-reload=false', '--log-level', 'warn'],
    ],
    { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: wranglerEnvironment() },
  )
  let output = ''
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-20_000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const onExit = (): void => endNow(child.pid)
  // Whatever becomes of the program that started them: nothing stays behind.
  process.once('exit', onExit)
  const end = (): Promise<void> =>
    new Promise((resolve) => {
      const { pid } = child
      if (child.exitCode !== null || pid === undefined) return resolve()
      child.once('exit', () => resolve())
      endNow(pid)
    })
  try {
    await eventually(
      'both services answering',
      async () => {
        if (child.exitCode !== null) throw new Error(output)
        const answers = await Promise.all([0, 1].map(() => fetch(`http://127.0.0.1:${port}/healthz`)))
        return answers.every(({ ok }) => ok)
      },
      120_000,
    )
  } catch (error) {
    await end()
    throw new Error(`The two Workers did not start: ${output}`, { cause: error })
  }
  return end
}

function endNow(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // They ended already.
    return
  }
}

function configsOf(vars: Record<string, string>): Record<string, string> {
  const deployed = readFileSync(join(root, 'wrangler.toml'), 'utf8')
  const values = Object.entries(vars)
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
    .join('\n')
  const first = deployed
    .replace('"worker/src/index.ts"', JSON.stringify(join(root, 'worker/src/index.ts')))
    .replaceAll('"worker/migrations/', `"${join(root, 'worker/migrations/')}`)
    .replace('[vars]\n', `[vars]\n${values}\n`)
  const second = first
    .replace('name = "kaiwa"', 'name = "kaiwa-second"')
    .replaceAll(/class_name = "(\w+)"\n/g, 'class_name = "$1"\nscript_name = "kaiwa"\n')
    .replaceAll(/\[\[queues\.consumers\]\][^[]*/g, '')
    .replace(/\[\[migrations\]\][\s\S]*$/, '')
  const front = [
    'name = "kaiwa-front"',
    `main = ${JSON.stringify(join(root, 'test/chaos/workers/front.ts'))}`,
    'compatibility_date = "2026-10-01"',
    ...[
      ['FIRST', 'kaiwa'],
      ['SECOND', 'kaiwa-second'],
    ].flatMap(([binding, service]) => ['[[services]]', `binding = "${binding}"`, `service = "${service}"`]),
  ].join('\n')
  return { front, first, second }
}
