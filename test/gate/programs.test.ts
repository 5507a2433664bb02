import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ROOT, run } from '../../scripts/gate/command.ts'
import { checkTypes } from '../../scripts/gate/typed-files.ts'

const FOLDERS = ['contract', 'manifest', 'scripts', 'test', 'widget', 'worker']
const PROJECTS = ['manifest', 'scripts', 'test', 'widget', 'worker']

/** A project with our configurations and hardly any code: what the programs say of it is about what a test plants. */
let project = ''

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true })
  writeFileSync(join(project, path), text)
}

beforeEach(() => {
  project = `${mkdtempSync(join(realpathSync(tmpdir()), 'kaiwa-programs-'))}/`
  for (const path of ['.oxfmtrc.json', 'knip.jsonc', 'package.json', 'tsconfig.json', 'wrangler.toml']) {
    cpSync(join(ROOT, path), join(project, path))
  }
  for (const folder of FOLDERS) mkdirSync(join(project, folder))
  for (const folder of PROJECTS)
    plant(`${folder}/tsconfig.json`, '{ "extends": "../tsconfig.json", "include": ["src"] }\n')
  for (const folder of PROJECTS) plant(`${folder}/src/index.ts`, 'export const value = 1\n')
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'))
})
afterEach(() => rmSync(project, { recursive: true, force: true }))

const program = (name: string, ...args: string[]) =>
  run(join(ROOT, 'node_modules', '.bin', name), args, { cwd: project })

describe('the formatter', () => {
  it('accepts what it wrote', async () => {
    const { code, output } = await program('oxfmt', '--check', 'worker')
    expect(output).toContain('correct format')
    expect(code).toBe(0)
  })

  it.each([
    ['worker/src/index.ts', 'export const value = 1;\n'],
    ['widget/src/index.ts', 'export const value = "a"\n'],
    [
      'worker/src/index.ts',
      `export const value = { ${Array.from({ length: 30 }, (_, i) => `a${i}: ${i}`).join(', ')} }\n`,
    ],
    ['widget/src/a.css', '.a{color:var(--text)}\n'],
  ])('objects to %s', async (path, text) => {
    plant(path, text)
    const { code, output } = await program('oxfmt', '--check', '.')
    expect(output).toContain(path)
    expect(code).not.toBe(0)
  })
})

describe('the check of types', () => {
  it('accepts sound projects', async () => {
    expect(await checkTypes(project)).toMatchObject({ isOk: true, output: '' })
  })

  it.each(PROJECTS)('looks at %s', async (folder) => {
    plant(`${folder}/src/index.ts`, 'export const value: string = 1\n')
    const { isOk, output } = await checkTypes(project)
    expect(output).toContain(`${folder}/src/index.ts`)
    expect(isOk).toBe(false)
  })

  it.each([
    ['an index that may be missing', 'export const first = (list: string[]): string => list[0]\n'],
    ['undefined for an optional property', 'export const a: { b?: string } = { b: undefined }\n'],
    ['an enum', 'export enum Kind { A }\n'],
  ])('refuses %s', async (_, text) => {
    plant('worker/src/index.ts', text)
    expect(await checkTypes(project)).toMatchObject({ isOk: false })
  })

  it('finds a file that belongs to no project', async () => {
    plant('worker/forgotten.ts', 'export const value = 1\n')
    const { isOk, output } = await checkTypes(project)
    expect(output).toContain('worker/forgotten.ts')
    expect(isOk).toBe(false)
  })

  it('looks at a project within a project', async () => {
    plant('test/bench/tsconfig.json', '{ "extends": "../../tsconfig.json", "include": ["."] }\n')
    plant('test/bench/index.ts', 'export const value: string = 1\n')
    const { isOk, output } = await checkTypes(project)
    expect(output).toContain('test/bench/index.ts')
    expect(isOk).toBe(false)
  })

  it('misses a project without its configuration', async () => {
    rmSync(join(project, 'widget/tsconfig.json'))
    expect(await checkTypes(project)).toMatchObject({ isOk: false })
  })
})

describe('the search for unused code', () => {
  it.each([
    ['a file nobody imports', 'worker/src/lonely.ts', 'export const value = 1\n', 'lonely.ts'],
    ['an export nobody imports', 'worker/src/index.ts', `export { used } from './parts.ts'\n`, 'unusedPart'],
  ])('finds %s', async (_, path, text, expected) => {
    plant('worker/src/parts.ts', 'export const used = 1\nexport const unusedPart = 2\n')
    plant(path, text)
    const { code, output } = await program('knip')
    expect(output).toContain(expected)
    expect(code).not.toBe(0)
  })
})
