import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { demoMeta, demoSupportAddress, demoZoho } from './demo.ts'
import type { Origins } from './endpoints.ts'
import { signupFacts } from './meta/signup/facts.ts'
import { untilFree } from './ports.ts'
import { sleep } from './shared/platform.ts'
import { migrate, wranglerBin, wranglerEnvironment } from './worker-databases.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export type WorkerProcessOptions = {
  port: number
  /** Where D1, KV, Durable Objects, Queues and R2 of the local Worker live. */
  stateDir: string
  /** Variables and secrets by name, as the Worker's configuration has them. */
  vars: Record<string, string>
  log: (line: string) => void
}

/** The product's Worker in workerd, started from the wrangler.toml that deploys. */
export type WorkerProcess = {
  url: string
  /** Ends the whole process group at once, as a crash would. */
  kill(): Promise<void>
  stop(): Promise<void>
  /** What it printed, newest last. */
  output(): string
}

/** Applies the migrations where they are not applied yet, starts the Worker and resolves once it answers. */
export async function startWorkerProcess(options: WorkerProcessOptions): Promise<WorkerProcess> {
  mkdirSync(options.stateDir, { recursive: true })
  const envFile = join(options.stateDir, 'worker.env')
  writeFileSync(
    envFile,
    Object.entries(options.vars)
      .map(([name, value]) => `${name}='${value}'`)
      .join('\n'),
  )
  migrate(options)
  return launch(options, envFile)
}

async function launch(options: WorkerProcessOptions, envFile: string): Promise<WorkerProcess> {
  const child = spawn(
    wranglerBin,
    [
      'dev',
      ...['--port', String(options.port), '--ip', '127.0.0.1', '--inspector-port', '0'],
      ...['--persist-to', options.stateDir, '--env-file', envFile],
      ...['--show-interactive-dev-session=false', '--live-reload=false', '--log-level', 'warn'],
    ],
    { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: wranglerEnvironment() },
  )
  // Whatever becomes of the program that started it: nothing stays behind.
  const endNow = (): void => killGroup(child.pid)
  process.once('exit', endNow)
  let output = ''
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-200_000)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const url = `http://127.0.0.1:${options.port}`
  await answers(`${url}/healthz`, child, () => output).catch(async (error: unknown) => {
    await end(child, 'SIGKILL')
    process.off('exit', endNow)
    throw error
  })
  const finish = async (signal: NodeJS.Signals): Promise<void> => {
    await end(child, signal)
    process.off('exit', endNow)
    // The next Worker begins in the same place.
    await untilFree(options.port)
  }
  return {
    url,
    output: () => output,
    kill: () => finish('SIGKILL'),
    stop: () => finish('SIGTERM'),
  }
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve()
  const { pid } = child
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    killGroup(pid, signal)
    // A group that does not end when asked is ended.
    if (signal !== 'SIGKILL') setTimeout(() => killGroup(pid), 5_000).unref()
  })
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // It ended meanwhile.
    return
  }
}

async function answers(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const until = Date.now() + 150_000
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`The Worker ended with code ${child.exitCode}:\n${output()}`)
    const isReady = await fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
      (response) => response.ok,
      () => false,
    )
    if (isReady) return
    await sleep(100)
  }
  throw new Error(`The Worker did not answer ${url} within 150 s:\n${output()}`)
}

/** The sandbox's configuration of the Worker: the doubles in the platforms' places. */
export function workerVars({ worker, desk, meta }: Origins): Record<string, string> {
  return {
    META_APP_ID: demoMeta.appId,
    META_APP_SECRET: demoMeta.appSecret,
    META_VERIFY_TOKEN: demoMeta.verifyToken,
    META_LOGIN_CONFIG_ID: signupFacts.loginConfigId,
    META_HOSTED_SIGNUP_URL: `${meta}${signupFacts.hostedPath}`,
    META_SYSTEM_TOKEN: signupFacts.systemToken,
    ZOHO_CLIENT_ID: demoZoho.clientId,
    ZOHO_CLIENT_SECRET: demoZoho.clientSecret,
    DESK_CALLBACK_SECRET: demoZoho.extensionSecret,
    SUPPORT_ADDRESS: demoSupportAddress,
    PUBLIC_ORIGIN: worker,
    PLATFORM_ORIGINS: JSON.stringify({ graph: meta, desk, accounts: desk, facebook: meta }),
    CLOCK_URL: `${meta}/__sandbox/clock`,
  }
}

const keysSchema = z.object({ ENCRYPTION_KEYS: z.string(), SESSION_KEY: z.string(), OPERATOR_TOKEN: z.string() })
type LocalKeys = z.output<typeof keysSchema>

/** Keys that a fresh sandbox makes once and keeps with its state. */
export function localKeys(stateDir: string): LocalKeys {
  const file = join(stateDir, 'keys.json')
  if (existsSync(file)) return keysSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  const keys = {
    ENCRYPTION_KEYS: JSON.stringify({ k1: randomBytes(32).toString('base64') }),
    SESSION_KEY: randomBytes(32).toString('base64'),
    OPERATOR_TOKEN: randomBytes(24).toString('hex'),
  }
  mkdirSync(stateDir, { recursive: true })
  writeFileSync(file, JSON.stringify(keys))
  return keys
}
