import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { firstLoad } from '../../scripts/gate/budget.ts'

let app = ''

beforeEach(() => {
  app = mkdtempSync(join(tmpdir(), 'kaiwa-app-'))
  mkdirSync(join(app, 'assets'))
})
afterEach(() => rmSync(app, { recursive: true, force: true }))

const write = (path: string, text: string): void => writeFileSync(join(app, path), text)
const paths = (): string[] =>
  firstLoad(app, 'ticket.html')
    .files.map((file) => file.path)
    .toSorted()

describe('the first load', () => {
  it('counts scripts, styles and what they import statically, each once', () => {
    write(
      'ticket.html',
      `<script src="https://js.zohostatic.com/sdk.js"></script><script src="./guard.js"></script>
       <script type="module" crossorigin src="./assets/ticket.js"></script>
       <link rel="stylesheet" crossorigin href="./assets/ticket.css"><link rel="icon" href="./icon.svg">`,
    )
    write('guard.js', 'guard()')
    write('assets/ticket.js', `import{a}from"./shared.js";import"./side.js";const later=()=>import("./later.js")`)
    write('assets/shared.js', `export*from"./deep.js"`)
    write('assets/side.js', `import{a}from"./shared.js"`)
    write('assets/deep.js', 'export const a=1')
    write('assets/later.js', 'export const b=1')
    write('assets/ticket.css', 'p{color:red}')
    const files = ['deep.js', 'shared.js', 'side.js', 'ticket.css', 'ticket.js'].map((name) => `assets/${name}`)
    expect(paths()).toEqual([...files, 'guard.js'])
  })

  it('weighs compressed bytes', () => {
    write('ticket.html', `<script type="module" src="./assets/ticket.js"></script>`)
    write('assets/ticket.js', 'a'.repeat(100_000))
    const { bytes } = firstLoad(app, 'ticket.html')
    expect(bytes).toBeGreaterThan(50)
    expect(bytes).toBeLessThan(1_000)
  })

  it('fails for a file the build did not write', () => {
    write('ticket.html', `<script type="module" src="./assets/ticket.js"></script>`)
    expect(() => firstLoad(app, 'ticket.html')).toThrow('assets/ticket.js')
  })
})
