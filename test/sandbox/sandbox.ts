import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stageExtension } from '../../manifest/stage.ts'
import { buildWidget, isWidgetBuilt } from '../../scripts/gate/widget.ts'
import { createDesk } from './desk/desk.ts'
import type { Desk } from './desk/desk.ts'
import { connectDemo } from './demo-connection.ts'
import type { Endpoints } from './demo-connection.ts'
import { demoMeta, demoZoho } from './demo.ts'
import { createMeta } from './meta/meta.ts'
import type { Meta } from './meta/meta.ts'
import { choosePorts } from './ports.ts'
import type { Ports } from './ports.ts'
import { SandboxClock } from './shared/clock.ts'
import { stagedLocales, stagedManifest } from './staged.ts'
import { serveExtension } from './widget-server.ts'
import { serveWorkbench } from './workbench/workbench.ts'
import { localKeys, startWorkerProcess } from './worker-process.ts'
import type { WorkerProcess } from './worker-process.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export type SandboxOptions = {
  /** First of five ports; the next free ones are taken where one is in use. */
  basePort?: number
  /** Where all state is kept; default `.sandbox/` in the project. */
  dir?: string
  /** Forget earlier state. */
  isFresh?: boolean
  log?: (line: string) => void
}

export type Sandbox = {
  endpoints: Endpoints
  ports: Ports
  clock: SandboxClock
  desk: Desk
  meta: Meta
  /** The running Worker; another one after `restartWorker`. */
  worker(): WorkerProcess
  /** Starts the Worker again on the same state, after `worker().kill()` or `.stop()`. */
  restartWorker(): Promise<void>
  /** Runs what cron runs, and all that is due by the platforms' clock. */
  tick(): Promise<void>
  stop(): Promise<void>
}

const CRON_EVERY_MS = 15_000

/** Starts everything: both platforms, the widget's host, the Worker and the workbench. Resolves when all of it answers. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const log = options.log ?? (() => undefined)
  const dir = options.dir ?? join(root, '.sandbox')
  if (options.isFresh === true) rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  if (!isWidgetBuilt()) {
    log('Building the widget…')
    await buildWidget()
  }

  const ports = await choosePorts(options.basePort ?? 4300)
  const at = (port: number): string => `http://127.0.0.1:${port}`
  const origins = { worker: at(ports.worker), desk: at(ports.desk), meta: at(ports.meta), widget: at(ports.widget) }
  const extensionDir = join(dir, 'extension')
  stageExtension({
    workerOrigin: origins.worker,
    outDir: extensionDir,
    sdkUrl: `${origins.desk}/sdk/ZohoDeskClientSDK.min.js`,
  })

  const clock = new SandboxClock(join(dir, 'clock.json'))
  const tick = (): Promise<void> => postTick(origins.worker)
  const desk = createDesk({
    clock,
    port: ports.desk,
    storeFile: join(dir, 'desk.json'),
    widgetOrigin: origins.widget,
    workerOrigin: origins.worker,
    manifest: () => stagedManifest(extensionDir),
    localeFiles: () => stagedLocales(extensionDir),
    onClockMoved: tick,
  })
  const meta = createMeta({
    clock,
    port: ports.meta,
    storeFile: join(dir, 'meta.json'),
    webhookUrl: `${origins.worker}/webhooks/whatsapp`,
    appSecret: demoMeta.appSecret,
    verifyToken: demoMeta.verifyToken,
    onClockMoved: tick,
  })
  const servers: Server[] = [
    await desk.listen(),
    await meta.listen(),
    await serveExtension({ dir: extensionDir, port: ports.widget, deskOrigin: origins.desk }),
    await serveWorkbench(ports.workbench, origins.desk, `${origins.meta}/phone`),
  ]

  const keys = localKeys(dir)
  const start = (): Promise<WorkerProcess> =>
    startWorkerProcess({
      port: ports.worker,
      stateDir: join(dir, 'worker'),
      log,
      vars: {
        ...keys,
        META_APP_ID: demoMeta.appId,
        META_APP_SECRET: demoMeta.appSecret,
        META_VERIFY_TOKEN: demoMeta.verifyToken,
        ZOHO_CLIENT_ID: demoZoho.clientId,
        ZOHO_CLIENT_SECRET: demoZoho.clientSecret,
        PUBLIC_ORIGIN: origins.worker,
        PLATFORM_ORIGINS: JSON.stringify({ graph: origins.meta, desk: origins.desk, accounts: origins.desk }),
        CLOCK_URL: `${origins.meta}/__sandbox/clock`,
      },
    })
  log('Starting the Worker…')
  let worker = await start()
  // The local runtime fires no cron triggers: this does, by the route that exists only here.
  const cron = setInterval(() => void tick().catch(() => undefined), CRON_EVERY_MS)

  const endpoints = await connectDemo({
    dir,
    origins,
    workbench: at(ports.workbench),
    operatorToken: keys.OPERATOR_TOKEN,
    desk,
  }).catch(async (error: unknown) => {
    await worker.kill()
    throw error
  })
  writeFileSync(join(dir, 'endpoints.json'), `${JSON.stringify(endpoints, null, 2)}\n`)
  return {
    endpoints,
    ports,
    clock,
    desk,
    meta,
    worker: () => worker,
    restartWorker: async () => {
      worker = await start()
    },
    tick,
    stop: async () => {
      clearInterval(cron)
      await worker.stop()
      meta.stop()
      for (const server of servers) {
        server.closeAllConnections()
        server.close()
      }
    },
  }
}

async function postTick(workerOrigin: string): Promise<void> {
  const response = await fetch(`${workerOrigin}/__tick`, { method: 'POST', signal: AbortSignal.timeout(60_000) })
  if (!response.ok) throw new Error(`The Worker's tick answered ${response.status}: ${await response.text()}`)
}
