import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SDK_URL } from '../../manifest/constants.ts'
import { originsOf, readManifest, stageExtension } from '../../manifest/stage.ts'
import { checkZip, packExtension, validateExtension } from '../../manifest/zet.ts'
import { ROOT } from '../../scripts/gate/command.ts'

const PAGE = `<meta name="kaiwa-worker" content="https://kaiwa-worker.example" />
<script src="${SDK_URL}"></script><script type="module" src="./assets/ticket-0a1b.js"></script>`

/** A project with a small built widget; what is packed of it is checked by the real tool. */
let root = ''
const out = (): string => join(root, 'dist', 'extension')
const staged = (path: string): string => readFileSync(join(out(), path), 'utf8')
const write = (path: string, text: string | Uint8Array): void => {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kaiwa-package-'))
  for (const path of ['plugin-manifest.json', 'manifest/resources.json', 'manifest/icons']) {
    cpSync(join(ROOT, path), join(root, path), { recursive: true })
  }
  for (const { url } of readManifest().modules.widgets) write(url.slice(1), PAGE)
  write('app/assets/ticket-0a1b.js', 'export const a = 1')
  write('app/translations/rtl-test.json', '{}')
  for (const locale of ['en', 'ja']) write(`translations/${locale}.json`, '{"pane.title":"Kaiwa"}')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('staging', () => {
  it("puts the Worker's address everywhere the placeholder stood", () => {
    const { manifest } = stageExtension({ workerOrigin: 'https://w.test', outDir: out(), root })
    expect(manifest.whiteListedDomains).toEqual(['https://w.test'])
    expect(manifest.cspDomains['connect-src']).toEqual(['https://w.test', 'wss://w.test'])
    expect(staged('app/ticket.html')).toContain('content="https://w.test"')
    expect(staged('plugin-manifest.json')).not.toContain('kaiwa-worker.example')
  })

  it("serves the sandbox with local addresses and a stand-in for Desk's SDK", () => {
    const sdkUrl = 'http://127.0.0.1:4302/sdk/ZohoDeskClientSDK.min.js'
    const { manifest } = stageExtension({ workerOrigin: 'http://127.0.0.1:4301', outDir: out(), sdkUrl, root })
    expect(manifest.cspDomains['connect-src']).toEqual(['http://127.0.0.1:4301', 'ws://127.0.0.1:4301'])
    expect(manifest.cspDomains['script-src']).toEqual(['http://127.0.0.1:4302'])
    expect(staged('app/ticket.html')).toContain(`src="${sdkUrl}"`)
  })

  it("leaves Desk's own SDK where no stand-in is named", () => {
    stageExtension({ workerOrigin: 'https://w.test', outDir: out(), root })
    expect(staged('app/ticket.html')).toContain(`src="${SDK_URL}"`)
  })

  it('asks for callbacks where there is a secret to sign them with', async () => {
    const callbackSecret = 'a-secret-of-24-characters'
    const { manifest, files } = stageExtension({ workerOrigin: 'https://w.test', outDir: out(), callbackSecret, root })
    expect(manifest.callbackListener?.onInstall).toBe('https://w.test/desk/callback')
    await validateExtension(out())
    expect((await packExtension(out(), files)).entries).toHaveLength(files.length)
    const without = stageExtension({ workerOrigin: 'https://w.test', outDir: out(), root })
    expect([without.manifest.callbackListener, without.manifest.secret]).toEqual([undefined, undefined])
  })

  it('takes only the locales of the manifest', () => {
    const { files } = stageExtension({ workerOrigin: 'https://w.test', outDir: out(), root })
    const translations = files.map(({ path }) => path).filter((path) => path.includes('translations'))
    expect(translations).toEqual(['app/translations/en.json', 'app/translations/ja.json'])
  })

  it('refuses a source map', () => {
    write('app/assets/ticket-0a1b.js.map', '{}')
    expect(() => stageExtension({ workerOrigin: 'https://w.test', outDir: out(), root })).toThrow('ticket-0a1b.js.map')
  })

  it('refuses a script that still names the placeholder', () => {
    write('app/assets/ticket-0a1b.js', 'fetch("https://kaiwa-worker.example/api")')
    expect(() => stageExtension({ workerOrigin: 'https://w.test', outDir: out(), root })).toThrow('still names')
  })

  it('refuses a manifest that names a page which is not there', () => {
    rmSync(join(root, 'manifest/icons/kaiwa.png'))
    expect(() => stageExtension({ workerOrigin: 'https://w.test', outDir: out(), root })).toThrow('/app/img/kaiwa.png')
  })

  it('says so when the widget is not built', () => {
    rmSync(join(root, 'app'), { recursive: true })
    expect(() => stageExtension({ workerOrigin: 'https://w.test', outDir: out(), root })).toThrow('not built')
  })

  it.each(['http://w.test', 'w.test', 'https://w.test/path', 'ftp://w.test', ''])(
    'refuses %j as an address',
    (address) => {
      expect(() => originsOf(address)).toThrow('is no origin')
    },
  )
})

describe('packing with the real tool', () => {
  it('makes a zip of exactly the staged files', async () => {
    const { files } = stageExtension({ workerOrigin: 'https://w.test', outDir: out(), root })
    await validateExtension(out())
    const { entries } = await packExtension(out(), files)
    expect(entries.map(({ path }) => path).toSorted()).toEqual(files.map(({ path }) => path).toSorted())
    expect(entries.map(({ path }) => path)).toContain('plugin-manifest.json')
  })

  it("gives the tool's own words when it objects", async () => {
    stageExtension({ workerOrigin: 'https://w.test', outDir: out(), root })
    rmSync(join(out(), 'app/ticket.html'))
    await expect(validateExtension(out())).rejects.toThrow('zet validate')
  })

  it('does not believe in an empty zip', () => {
    write('dist/empty.zip', '')
    expect(() => checkZip(join(root, 'dist/empty.zip'), [])).toThrow('empty zip')
  })

  it('does not believe in half a zip', async () => {
    const { files } = stageExtension({ workerOrigin: 'https://w.test', outDir: out(), root })
    const { path } = await packExtension(out(), files)
    write('dist/half.zip', readFileSync(path).subarray(0, 400))
    expect(() => checkZip(join(root, 'dist/half.zip'), files)).toThrow('Not a zip')
  })

  it('misses a file that the zip lacks', async () => {
    const { files } = stageExtension({ workerOrigin: 'https://w.test', outDir: out(), root })
    const { path } = await packExtension(out(), files)
    expect(() => checkZip(path, [...files, { path: 'app/more.js', bytes: 3 }])).toThrow('app/more.js')
    expect(() => checkZip(path, files.slice(1))).toThrow('not staged')
  })
})
