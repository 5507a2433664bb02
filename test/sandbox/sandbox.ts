import { mkdirSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stageExtension } from '../../manifest/stage.ts'
import { buildWidget, isWidgetBuilt } from '../../scripts/gate/widget.ts'
import { createDesk } from './desk/desk.ts'
import type { Desk } from './desk/desk.ts'
import { connectDemo, keptKey } from './demo-connection.ts'
import { demoMeta, demoPortal, demoPortals, demoZoho } from './demo.ts'
import { endpointsOf, writeEndpoints } from './endpoints.ts'
import type { Endpoints } from './endpoints.ts'
import { createMeta } from './meta/meta.ts'
import type { Meta } from './meta/meta.ts'
import { choosePorts } from './ports.ts'
import type { Ports } from './ports.ts'
import { SandboxClock } from './shared/clock.ts'
import { stagedLocales, stagedManifest, withCallbacks } from './staged.ts'
import { setUpTrial } from './trial.ts'
import { serveExtension } from './widget-server.ts'
import { serveWorkbench } from './workbench/workbench.ts'
import { localKeys, startWorkerProcess, workerVars } from './worker-process.ts'
import type { WorkerProcess } from './worker-process.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * `demo`: an organisation with a live channel. `trial`: the same on the first day of its trial. `empty`: nothing is connected, the wizard
 * is where to begin.
 */
export type SandboxMode = 'demo' | 'trial' | 'empty'

export type SandboxOptions = {
  /** What is there at the first start; default `demo`. */
  mode?: SandboxMode
  /** First of five ports; the next free ones are taken where one is in use. */
  basePort?: number
  /**
   * Where `endpoints.json` and the demo's state lie; another mode keeps its state in a folder of its own in there.
   * Default `.sandbox/` in the project.
   */
  dir?: string
  /** Whether Desk calls the Worker when the extension is installed, so that it may place the install key; default true. */
  hasCallbacks?: boolean
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
  const mode = options.mode ?? 'demo'
  const home = options.dir ?? join(root, '.sandbox')
  const dir = mode === 'demo' ? home : join(home, mode)
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
    isEmpty: mode !== 'demo',
    widgetOrigin: origins.widget,
    workerOrigin: origins.worker,
    manifest: () =>
      options.hasCallbacks === false
        ? stagedManifest(extensionDir)
        : withCallbacks(stagedManifest(extensionDir), origins.worker, demoZoho.extensionSecret),
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
    isEmpty: mode === 'empty',
    onClockMoved: tick,
  })
  const servers: Server[] = [
    await desk.listen(),
    await meta.listen(),
    await serveExtension({ dir: extensionDir, port: ports.widget, deskOrigin: origins.desk }),
    await serveWorkbench(
      ports.workbench,
      mode === 'empty' ? `${origins.desk}/#settings` : origins.desk,
      `${origins.meta}/phone`,
    ),
  ]

  const keys = localKeys(dir)
  const start = (): Promise<WorkerProcess> =>
    startWorkerProcess({
      port: ports.worker,
      stateDir: join(dir, 'worker'),
      log,
      vars: { ...keys, ...workerVars(origins) },
    })
  log('Starting the Worker…')
  let worker = await start()
  // The local runtime fires no cron triggers: this does, by the route that exists only here.
  const cron = setInterval(() => void tick().catch(() => undefined), CRON_EVERY_MS)

  const operatorToken = keys.OPERATOR_TOKEN
  // The extension is installed in every portal from the beginning; a callback that comes again changes nothing.
  await Promise.all(demoPortals.map(({ orgId }) => desk.playCallback(orgId, 'onInstall')))
  if (mode !== 'empty') {
    const connect = (): Promise<string> =>
      mode === 'trial' ? setUpTrial({ worker: origins.worker, desk, meta }) : connectDemo(origins.worker, operatorToken)
    const installKey = await keptKey(dir, connect).catch(async (error: unknown) => {
      await worker.kill()
      throw error
    })
    desk.setConfigParam(demoPortal.orgId, 'install_key', installKey)
  }
  const keyInDesk = (): string => desk.state.portals[demoPortal.orgId]?.extension.config.install_key ?? ''
  const endpoints = endpointsOf({ origins, workbench: at(ports.workbench), operatorToken, installKey: keyInDesk() })
  writeEndpoints(home, endpoints)
  const stopFollowing = desk.context.changes.listen((change) => {
    if (change.kind !== 'config' || endpoints.installKey === keyInDesk()) return
    endpoints.installKey = keyInDesk()
    writeEndpoints(home, endpoints)
  })
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
      stopFollowing()
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
