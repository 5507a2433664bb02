import { copyFileSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { endCommandsOnSignals } from '../scripts/gate/command.ts'
import { PLACEHOLDER_ORIGIN, ROOT } from './constants.ts'
import { stageExtension } from './stage.ts'
import type { PackedZip } from './zet.ts'
import { packExtension, validateExtension } from './zet.ts'

/** Stages, validates and packs the extension for one Worker's address. The widget must have been built. */
export async function pack(workerOrigin: string, callbackSecret?: string): Promise<PackedZip> {
  const outDir = join(ROOT, 'dist', 'extension')
  const { files } = stageExtension({
    workerOrigin,
    outDir,
    ...(callbackSecret === undefined ? {} : { callbackSecret }),
  })
  await validateExtension(outDir)
  return packExtension(outDir, files)
}

async function main(): Promise<void> {
  endCommandsOnSignals()
  const { values } = parseArgs({ options: { origin: { type: 'string' } } })
  const workerOrigin = values.origin ?? process.env['KAIWA_WORKER_ORIGIN'] ?? PLACEHOLDER_ORIGIN
  const packed = await pack(workerOrigin, process.env['DESK_CALLBACK_SECRET'])
  for (const { path, bytes } of packed.entries) console.log(`${String(bytes).padStart(9)}  ${path}`)

  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')))
  const target = join(ROOT, 'dist', `kaiwa-${version}.zip`)
  copyFileSync(packed.path, target)
  console.log(`\n${relative(ROOT, target)}: ${packed.entries.length} files, ${packed.bytes} bytes, for ${workerOrigin}`)
  if (workerOrigin === PLACEHOLDER_ORIGIN) {
    console.log(
      'That address is a placeholder. To upload the package, name your Worker: npm run pack -- --origin https://…',
    )
  }
}

if (import.meta.main) {
  try {
    await main()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
