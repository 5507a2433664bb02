import { readdirSync, readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stageExtension } from '../../manifest/stage.ts'
import { buildWidget, isWidgetBuilt } from '../../scripts/gate/widget.ts'
import { serveExtension } from '../sandbox/widget-server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const dir = join(root, 'node_modules', '.cache', 'kaiwa', 'bench-extension')

/** Builds the widget and serves it for a Worker that already listens. */
export async function serveWidget(options: {
  workerOrigin: string
  deskOrigin: string
  port: number
}): Promise<Server> {
  if (!isWidgetBuilt()) await buildWidget()
  await stageExtension({
    workerOrigin: options.workerOrigin,
    outDir: dir,
    sdkUrl: `${options.deskOrigin}/sdk/ZohoDeskClientSDK.min.js`,
  })
  return serveExtension({ dir, port: options.port, deskOrigin: options.deskOrigin })
}

/** The staged manifest; empty before the widget was staged. */
export function stagedManifest(): unknown {
  return JSON.parse(readFileSync(join(dir, 'plugin-manifest.json'), 'utf8'))
}

export function stagedLocales(): Record<string, Record<string, string>> {
  const folder = join(dir, 'app', 'translations')
  return Object.fromEntries(
    readdirSync(folder).map((name) => [
      name.replace('.json', ''),
      JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, string>,
    ]),
  )
}
