import { describe, expect, it } from 'vitest'
import { findTextProblems } from '../../scripts/gate/source-text.ts'
import { findForgotten } from '../../scripts/gate/typed-files.ts'

describe('the check of source text', () => {
  it.each([
    ['worker/src/a.ts', '// oxlint-disable-next-line no-console'],
    ['widget/src/a.tsx', '/* eslint-disable */'],
    ['test/sandbox/a.ts', '// @ts-expect-error: it works'],
    ['widget/src/ui/button.css', '.button { color: #fff; }'],
    ['widget/src/ui/button.css', '  background: rgb(0 0 0 / 50%);'],
    ['widget/src/ui/button.css', '  margin-left: 4px;'],
    ['widget/src/ui/button.css', '  border-left: 1px solid var(--line);'],
    ['widget/src/ui/button.css', '  text-align: right;'],
    ['widget/src/ui/button.css', '  left: 0;'],
    ['widget/src/ui/button.css', '  border-top-left-radius: 4px;'],
  ])('objects in %s to %s', (path, line) => {
    expect(findTextProblems(path, line)).toHaveLength(1)
  })

  it.each([
    ['widget/src/styles/tokens.css', '  --text: #1b1b1b;'],
    ['widget/src/ui/button.css', '  margin-inline-start: 4px;'],
    ['widget/src/ui/button.css', '  text-align: start;'],
    ['widget/src/ui/button.css', '  color: var(--text);'],
    ['widget/src/ui/button.css', '#app .left { inset-inline-start: 0; }'],
    ['worker/src/a.ts', '// Rules of the linter are kept.'],
  ])('lets %s say %s', (path, line) => {
    expect(findTextProblems(path, line)).toEqual([])
  })
})

describe('the check of types', () => {
  it('finds a source that no project reads', () => {
    expect(findForgotten(['worker/src/a.ts', 'worker/b.ts'], new Set(['worker/src/a.ts']))).toEqual(['worker/b.ts'])
  })
})
