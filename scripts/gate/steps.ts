import { join } from 'node:path'
import { resourcesSchema } from '../../manifest/manifest.schema.ts'
import { pack } from '../../manifest/pack.ts'
import { PLACEHOLDER_ORIGIN } from '../../manifest/constants.ts'
import { readManifest } from '../../manifest/stage.ts'
import { FIRST_LOAD_LIMIT, firstLoad } from './budget.ts'
import { ROOT, run } from './command.ts'
import { readSource } from './files.ts'
import type { Step, StepResult } from './report.ts'
import { findAllTextProblems } from './source-text.ts'
import { checkTypes } from './typed-files.ts'
import { testFolders, testStep } from './vitest.ts'
import { buildWidget } from './widget.ts'
import { findWordProblems, readWords } from './words.ts'

/** A zip this large would be a mistake: the widget is a few hundred kilobytes. */
const PACKAGE_LIMIT = 2_000_000

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`

async function command(program: string, args: readonly string[]): Promise<StepResult> {
  const { code, output } = await run(program, args)
  return { isOk: code === 0, output }
}

const problemList = (problems: readonly string[]): StepResult => ({
  isOk: problems.length === 0,
  output: problems.join('\n'),
})

function checkManifest(): Promise<StepResult> {
  const { locale } = readManifest()
  resourcesSchema.parse(JSON.parse(readSource('manifest/resources.json')))
  return Promise.resolve({ ...problemList(findWordProblems(readWords(locale))), note: locale.join(' ') })
}

async function build(): Promise<StepResult> {
  const output = await buildWidget()
  const { files, bytes } = firstLoad(join(ROOT, 'app'), 'ticket.html')
  const list = files.map((file) => `${kilobytes(file.bytes).padStart(9)}  ${file.path}`).join('\n')
  return {
    isOk: files.length > 0 && bytes <= FIRST_LOAD_LIMIT,
    output: `${output}\nFirst load of the ticket pane, gzip:\n${list}`,
    note: `first load ${kilobytes(bytes)} of ${kilobytes(FIRST_LOAD_LIMIT)}`,
  }
}

async function packStep(): Promise<StepResult> {
  const { bytes, entries } = await pack(PLACEHOLDER_ORIGIN)
  const list = entries.map((entry) => `${kilobytes(entry.bytes).padStart(9)}  ${entry.path}`).join('\n')
  return { isOk: bytes <= PACKAGE_LIMIT, output: list, note: `${entries.length} files, ${kilobytes(bytes)}` }
}

/** The gate: every check and every test that needs no browser, cheap ones first. */
export const gateSteps = (): Step[] => [
  { name: 'format', run: () => command('oxfmt', ['--check', '.']) },
  { name: 'source text', run: () => Promise.resolve(problemList(findAllTextProblems())) },
  { name: 'manifest and translations', run: checkManifest },
  { name: 'lint', run: () => command('oxlint', []) },
  { name: 'types', run: checkTypes },
  { name: 'unused code and packages', run: () => command('knip', []) },
  { name: 'widget build and its first load', run: build },
  { name: 'package (zet validate, zet pack)', run: packStep },
  ...testFolders().gate.map(testStep),
]

/** The tests of the whole product, in a real browser and against the sandbox. */
export const wholeProductSteps = (): Step[] => testFolders().wholeProduct.map(testStep)
