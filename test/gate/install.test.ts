import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fingerprint, needsInstall } from '../../scripts/install.mjs'

let root = ''

const write = (path: string, text: string): void => {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
}
const lock = (packages: Record<string, unknown>): string => JSON.stringify({ packages })
const wanted = {
  '': {},
  'node_modules/a': { version: '1.0.0' },
  'node_modules/b': { version: '2.0.0', optional: true },
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kaiwa-install-'))
  write('package-lock.json', lock(wanted))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('the installation', () => {
  it('is needed where nothing is installed', () => {
    expect(needsInstall(root)).toBe(true)
  })

  it('is not needed a second time', () => {
    write('node_modules/.bin/node', '')
    write('node_modules/.kaiwa-installed', fingerprint(root))
    expect(needsInstall(root)).toBe(false)
  })

  it('is needed on a machine of another kind', () => {
    write('node_modules/.bin/node', '')
    write('node_modules/.package-lock.json', lock({ 'node_modules/a': { version: '1.0.0' } }))
    write('node_modules/.kaiwa-installed', `another-${fingerprint(root)}`)
    expect(needsInstall(root)).toBe(true)
  })

  it('is needed when an optional package for this very machine is missing', () => {
    const binary = { version: '1.0.0', optional: true, os: [process.platform], cpu: [process.arch] }
    write('package-lock.json', lock({ '': {}, 'node_modules/binary': binary }))
    write('node_modules/.bin/node', '')
    write('node_modules/.package-lock.json', lock({}))
    expect(needsInstall(root)).toBe(true)
  })

  it('is needed again when the lockfile changed', () => {
    write('node_modules/.bin/node', '')
    write('node_modules/.kaiwa-installed', fingerprint(root))
    write('package-lock.json', lock({ ...wanted, 'node_modules/c': { version: '1.0.0' } }))
    expect(needsInstall(root)).toBe(true)
  })

  it("is not needed after somebody's own npm ci, which leaves out other machines' packages", () => {
    write('node_modules/.bin/node', '')
    write('node_modules/.package-lock.json', lock({ 'node_modules/a': { version: '1.0.0' } }))
    expect(needsInstall(root)).toBe(false)
  })

  it.each([
    ['is missing', {}],
    ['has another version', { 'node_modules/a': { version: '1.0.1' } }],
  ])('is needed when a package %s', (_, found) => {
    write('node_modules/.bin/node', '')
    write('node_modules/.package-lock.json', lock(found))
    expect(needsInstall(root)).toBe(true)
  })

  it('is needed when the pinned Node has no binary', () => {
    write('node_modules/.kaiwa-installed', fingerprint(root))
    expect(needsInstall(root)).toBe(true)
  })
})
