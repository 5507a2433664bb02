export type Counts = { passed: number; failed: number; skipped: number }

/** What a step found. A step without `tests` counts as one check; with them, its tests count instead. */
export type StepResult = {
  isOk: boolean
  /** Shown in full when the step failed. */
  output: string
  /** A few words behind the step's name: a size, a number of files. */
  note?: string
  tests?: Counts
}

export type Step = { name: string; run: () => Promise<StepResult> }

export type Summary = { counts: Counts; checks: number; tests: number; isOk: boolean }

type Write = (text: string) => void

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

/** `12 passed, 0 failed`, and what was skipped where something was. */
export function countsLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

function countOf(result: StepResult): Counts {
  if (result.tests === undefined) return { passed: result.isOk ? 1 : 0, failed: result.isOk ? 0 : 1, skipped: 0 }
  // A run may break without a failing test: a file that does not load, an error nobody caught.
  const failed = result.isOk ? result.tests.failed : Math.max(1, result.tests.failed)
  return { ...result.tests, failed }
}

async function runStep(step: Step): Promise<StepResult> {
  try {
    return await step.run()
  } catch (error) {
    return { isOk: false, output: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

/** Runs steps in order, prints each with its duration and result, and stops at the first failure with its output. */
export async function runSteps(steps: readonly Step[], write: Write): Promise<Summary> {
  const summary: Summary = { counts: { passed: 0, failed: 0, skipped: 0 }, checks: 0, tests: 0, isOk: true }
  for (const step of steps) {
    const startedAt = Date.now()
    write(`· ${step.name} … `)
    const beat = setInterval(() => write(`${Math.round((Date.now() - startedAt) / 1000)} s … `), 20_000)
    const result = await runStep(step)
    clearInterval(beat)

    const counts = countOf(result)
    summary.counts.passed += counts.passed
    summary.counts.failed += counts.failed
    summary.counts.skipped += counts.skipped
    if (result.tests === undefined) summary.checks += 1
    else summary.tests += counts.passed + counts.failed + counts.skipped

    const words = [
      result.isOk ? 'ok' : 'FAILED',
      result.tests && countsLine(counts),
      result.note,
      seconds(Date.now() - startedAt),
    ]
    write(`${words.filter(Boolean).join(', ')}\n`)
    if (!result.isOk) {
      summary.isOk = false
      write(`\n${result.output.trimEnd()}\n\n${step.name}: FAILED\n`)
      return summary
    }
  }
  return summary
}

/** The end of the report. Its last line is `N passed, N failed`, with `, N skipped` where something was. */
export function summaryText({ counts, checks, tests }: Summary): string {
  return `\nCounted: ${checks} checks of the gate and ${tests} tests.\n${countsLine(counts)}\n`
}
