import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { ROOT, run } from './command.ts'
import type { Counts, Step, StepResult } from './report.ts'

const reportSchema = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
})

const CONFIG = 'vitest.config.ts'

/** Folders whose tests drive a browser or the whole product; `npm test` runs them after the gate. */
const WHOLE_PRODUCT = ['test/e2e', 'test/chaos']

/** Half an hour is what a whole run may take; what hangs is ended before that, so that the last line is still written. */
const WHOLE_RUN_MS = 28 * 60_000

/** What is left of it for this step; a little at least. */
const timeLeft = (): number => Math.max(60_000, WHOLE_RUN_MS - performance.now())

/** Folders that must have tests: a missing configuration is a failure, not a smaller number. */
const REQUIRED = ['worker', 'widget', 'test', 'test/gate', 'test/e2e']

/** Every folder with a vitest configuration, the required ones whether they have one or not. */
export function testFolders(root = ROOT): { gate: string[]; wholeProduct: string[] } {
  const candidates = ['worker', 'widget', 'test', ...subfolders(root, 'test')]
  const found = candidates.filter((folder) => existsSync(join(root, folder, CONFIG)))
  const all = [...new Set([...REQUIRED, ...found])]
  const isWhole = (folder: string): boolean => WHOLE_PRODUCT.includes(folder)
  return { gate: all.filter((folder) => !isWhole(folder)), wholeProduct: all.filter((folder) => isWhole(folder)) }
}

function subfolders(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${folder}/${entry.name}`)
}

/** Reads vitest's JSON report. A run without tests is no success: something kept them from being found. */
export function readReport(json: string): { isOk: boolean; tests: Counts } {
  const report = reportSchema.parse(JSON.parse(json))
  const skipped = report.numPendingTests + report.numTodoTests
  const tests = { passed: report.numPassedTests, failed: report.numFailedTests, skipped }
  return { isOk: report.success && tests.failed === 0 && tests.passed + skipped > 0, tests }
}

/** Runs the tests of one folder and counts them. */
export async function runTests(folder: string): Promise<StepResult> {
  const config = join(ROOT, folder, CONFIG)
  if (!existsSync(config)) return { isOk: false, output: `There is no ${folder}/${CONFIG}.` }
  const scratch = mkdtempSync(join(tmpdir(), 'kaiwa-tests-'))
  const outputFile = join(scratch, 'report.json')
  const args = ['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`]
  try {
    // From the configuration's folder, which is the root of those that name none.
    const { code, output } = await run('vitest', args, { cwd: dirname(config), limitMs: timeLeft() })
    if (!existsSync(outputFile)) return { isOk: false, output: `${output}\nvitest wrote no report (code ${code}).` }
    const { isOk, tests } = readReport(readFileSync(outputFile, 'utf8'))
    return { isOk: isOk && code === 0, output, tests }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

export const testStep = (folder: string): Step => ({ name: `tests: ${folder}`, run: () => runTests(folder) })
