import { parseArgs } from 'node:util'
import { benchCredits } from './credits.ts'
import { benchDoor } from './door.ts'
import type { Figure } from './figures.ts'
import { isReached, printFigures } from './figures.ts'
import { benchFirstLoad, benchPane } from './pane.ts'
import { startPlatforms } from './platforms.ts'
import type { Platforms } from './platforms.ts'
import { benchRows } from './rows.ts'

const PARTS: Record<string, (platforms: Platforms) => Promise<Figure[]>> = {
  door: benchDoor,
  rows: benchRows,
  credits: benchCredits,
  pane: benchPane,
  'first-load': benchFirstLoad,
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, only: { type: 'string' } } })
const names = values.only === undefined ? Object.keys(PARTS) : values.only.split(',')
const unknown = names.filter((name) => PARTS[name] === undefined)
if (unknown.length > 0) {
  process.stderr.write(`--only takes ${Object.keys(PARTS).join(', ')}; not ${unknown.join(', ')}.\n`)
  process.exit(2)
}

const figures: Figure[] = []
for (const name of names) {
  process.stderr.write(`measuring ${name}…\n`)
  // Platforms of its own for each part: what one leaves behind burdens no other.
  const platforms = await startPlatforms(4_700)
  try {
    figures.push(...((await PARTS[name]?.(platforms)) ?? []))
  } finally {
    platforms.close()
  }
}
process.stdout.write(values.json ? `${JSON.stringify(figures, null, 2)}\n` : `\n${printFigures(figures)}\n`)
process.exit(figures.every(isReached) ? 0 : 1)
