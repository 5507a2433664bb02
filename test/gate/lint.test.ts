import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ROOT, run } from '../../scripts/gate/command.ts'
import { ALLOWED_IMPORTS, ROOM_VIOLATIONS, RULE_VIOLATIONS } from './lint.cases.ts'

const reportSchema = z.object({ diagnostics: z.array(z.object({ filename: z.string(), code: z.string() })) })

const VIOLATIONS = [...ROOM_VIOLATIONS, ...RULE_VIOLATIONS]

/** A project of the same shape and with the same rules, in which nothing but the planted files stands. */
const project = mkdtempSync(join(tmpdir(), 'kaiwa-lint-'))
const found = new Map<string, string[]>()
let exitCode = 0

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true })
  writeFileSync(join(project, path), text)
}

beforeAll(async () => {
  for (const path of ['.oxlintrc.json', 'tsconfig.json', 'scripts/lint']) {
    cpSync(join(ROOT, path), join(project, path), { recursive: true })
  }
  for (const folder of ['contract', 'manifest', 'test', 'widget', 'worker']) {
    const compilerOptions = { lib: ['es2024', 'dom'], jsx: 'react-jsx', jsxImportSource: 'preact', types: [] }
    plant(`${folder}/tsconfig.json`, JSON.stringify({ extends: '../tsconfig.json', compilerOptions, include: ['.'] }))
  }
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'))
  for (const { path, text } of [...VIOLATIONS, ...ALLOWED_IMPORTS]) plant(path, text)

  const program = join(ROOT, 'node_modules', '.bin', 'oxlint')
  const result = await run(program, ['--format', 'json'], { cwd: project })
  exitCode = result.code
  for (const { filename, code } of reportSchema.parse(JSON.parse(result.output)).diagnostics) {
    found.set(filename, [...(found.get(filename) ?? []), code])
  }
})

afterAll(() => rmSync(project, { recursive: true, force: true }))

describe('the linter', () => {
  it('fails when it finds something', () => {
    expect(exitCode).not.toBe(0)
  })

  it.each(VIOLATIONS.map(({ rule, path }) => [rule, path]))('reports %s in %s', (rule, path) => {
    expect(found.get(path) ?? []).toContain(rule)
  })

  it.each(ALLOWED_IMPORTS.map(({ path }) => [path]))('lets %s import what it may', (path) => {
    expect(found.get(path)?.filter((code) => code === 'kaiwa(rooms)') ?? []).toEqual([])
  })
})
