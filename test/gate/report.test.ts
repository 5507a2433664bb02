import { describe, expect, it } from 'vitest'
import type { StepResult } from '../../scripts/gate/report.ts'
import { countsLine, runSteps, summaryText } from '../../scripts/gate/report.ts'
import { readReport } from '../../scripts/gate/vitest.ts'

const step = (name: string, result: StepResult | Error) => ({
  name,
  run: () => (result instanceof Error ? Promise.reject(result) : Promise.resolve(result)),
})

async function report(...steps: { name: string; run: () => Promise<StepResult> }[]) {
  let text = ''
  const summary = await runSteps(steps, (part) => {
    text += part
  })
  return { text: text + summaryText(summary), summary }
}

describe('the report', () => {
  it('ends with the sum over checks and tests', async () => {
    const { text } = await report(
      step('format', { isOk: true, output: '' }),
      step('tests: a', { isOk: true, output: '', tests: { passed: 10, failed: 0, skipped: 2 } }),
      step('tests: b', { isOk: true, output: '', tests: { passed: 5, failed: 0, skipped: 0 } }),
    )
    expect(text.trimEnd().split('\n').at(-1)).toBe('16 passed, 0 failed, 2 skipped')
  })

  it('names no skipped tests where there are none', () => {
    expect(countsLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed')
  })

  it('stops at the first failure and shows its output', async () => {
    const { text, summary } = await report(
      step('lint', { isOk: false, output: 'a.ts:1: wrong' }),
      step('tests: a', { isOk: true, output: '', tests: { passed: 10, failed: 0, skipped: 0 } }),
    )
    expect(summary.isOk).toBe(false)
    expect(text).toContain('a.ts:1: wrong')
    expect(text.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed')
  })

  it('counts a step that throws as failed', async () => {
    const { text } = await report(step('build', new Error('no vite here')))
    expect(text).toContain('no vite here')
    expect(text).toContain('0 passed, 1 failed')
  })

  it('counts a run that broke without a failing test as failed', async () => {
    const { text } = await report(
      step('tests: a', { isOk: false, output: 'x', tests: { passed: 4, failed: 0, skipped: 0 } }),
    )
    expect(text).toContain('4 passed, 1 failed')
  })
})

const vitestReport = (values: Record<string, unknown>): string =>
  JSON.stringify({
    success: true,
    numPassedTests: 1,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    ...values,
  })

describe("vitest's report", () => {
  it('is a success with passed tests', () => {
    expect(readReport(vitestReport({ numPendingTests: 2 }))).toEqual({
      isOk: true,
      tests: { passed: 1, failed: 0, skipped: 2 },
    })
  })

  it.each([
    ['no test was found', { numPassedTests: 0 }],
    ['a test failed', { numFailedTests: 1 }],
    ['a file did not load', { success: false }],
  ])('is no success when %s', (_, values) => {
    expect(readReport(vitestReport(values)).isOk).toBe(false)
  })
})
