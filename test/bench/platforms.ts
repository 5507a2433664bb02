import type { Server } from 'node:http'
import { createDesk } from '../sandbox/desk/desk.ts'
import { demoMeta } from '../sandbox/demo.ts'
import { createMeta } from '../sandbox/meta/meta.ts'
import { choosePorts } from '../sandbox/ports.ts'
import { SandboxClock } from '../sandbox/shared/clock.ts'
import { stagedLocales, stagedManifest } from '../sandbox/staged.ts'
import { stagedDir } from './stage.ts'

export type Platforms = {
  origins: { graph: string; desk: string }
  desk: ReturnType<typeof createDesk>
  widgetPort: number
  close(): void
}

/** Both platforms in memory, for benches that start their own Worker. */
export async function startPlatforms(basePort: number): Promise<Platforms> {
  const ports = await choosePorts(basePort)
  const clock = new SandboxClock()
  const origins = { graph: `http://127.0.0.1:${ports.meta}`, desk: `http://127.0.0.1:${ports.desk}` }
  const desk = createDesk({
    clock,
    port: ports.desk,
    widgetOrigin: `http://127.0.0.1:${ports.widget}`,
    workerOrigin: `http://127.0.0.1:${ports.worker}`,
    manifest: () => stagedManifest(stagedDir),
    localeFiles: () => stagedLocales(stagedDir),
  })
  const meta = createMeta({
    clock,
    port: ports.meta,
    webhookUrl: `http://127.0.0.1:${ports.worker}/webhooks/whatsapp`,
    appSecret: demoMeta.appSecret,
    verifyToken: demoMeta.verifyToken,
  })
  const servers: Server[] = [await desk.listen(), await meta.listen()]
  return {
    origins,
    desk,
    widgetPort: ports.widget,
    close: () => {
      for (const server of servers) {
        server.closeAllConnections()
        server.close()
      }
    },
  }
}
