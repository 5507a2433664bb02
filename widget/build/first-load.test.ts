import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { firstLoad } from './first-load.ts'

it('counts what the page names itself, and nothing of others', () => {
  const app = mkdtempSync(join(tmpdir(), 'kaiwa-app-'))
  mkdirSync(join(app, 'assets'))
  const script = 'console.log("hello")'
  writeFileSync(join(app, 'assets/a.js'), script)
  writeFileSync(join(app, 'assets/lazy.js'), script)
  writeFileSync(
    join(app, 'ticket.html'),
    '<script src="https://js.example/sdk.js"></script><script src="./assets/a.js"></script>',
  )
  expect(firstLoad(app)).toMatchObject({
    files: [{ file: 'assets/a.js', gzip: gzipSync(script).length }],
    gzip: gzipSync(script).length,
  })
  rmSync(app, { recursive: true })
})
