import type { Server } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stageExtension } from '../../manifest/stage.ts'
import { buildWidget, isWidgetBuilt } from '../../scripts/gate/widget.ts'
import { serveExtension } from '../sandbox/widget-server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where the bench's extension is staged. */
export const stagedDir = join(root, 'node_modules', '.cache', 'kaiwa', 'bench-extension')

/** Builds the widget and serves it for a Worker that already listens. */
export async function serveWidget(options: {
  workerOrigin: string
  deskOrigin: string
  port: number
}): Promise<Server> {
  if (!isWidgetBuilt()) await buildWidget()
  stageExtension({
    workerOrigin: options.workerOrigin,
    outDir: stagedDir,
    sdkUrl: `${options.deskOrigin}/sdk/ZohoDeskClientSDK.min.js`,
  })
  return serveExtension({ dir: stagedDir, port: options.port, deskOrigin: options.deskOrigin })
}
