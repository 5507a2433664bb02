import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

/** What the ticket pane may load before it can be used: script and style, gzipped. */
const BUDGET_BYTES = 45_000

export type FirstLoad = { files: { file: string; gzip: number }[]; gzip: number; budget: number }

/** The scripts and styles that a built page names itself, and what they weigh gzipped. Desk's own SDK is not ours to count. */
export function firstLoad(app: string, page = 'ticket.html'): FirstLoad {
  const html = readFileSync(resolve(app, page), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, file = '']) => file)
  const files = named.map((file) => ({ file, gzip: gzipSync(readFileSync(resolve(app, file))).length }))
  return { files, gzip: files.reduce((sum, { gzip }) => sum + gzip, 0), budget: BUDGET_BYTES }
}

if (import.meta.main) {
  const load = firstLoad(resolve(import.meta.dirname, '../../app'))
  process.stdout.write(`${JSON.stringify(load, null, 2)}\n`)
  if (load.gzip > load.budget) process.exitCode = 1
}
