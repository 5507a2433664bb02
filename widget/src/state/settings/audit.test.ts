import { describe, expect, it } from 'vitest'
import { NOW } from '../../../test/setup-fixtures.ts'
import type { ApiFailure, Reader } from '../../api/http.ts'
import { fail, ok } from '../../result.ts'
import { createAudit } from './audit.ts'
import { codeLanguage } from './setup-calls.ts'

const entry = (id: number) => ({
  id,
  at: NOW,
  actor: { kind: 'administrator', name: 'Ana' },
  action: 'channel.created',
  target: 'Support',
  details: {},
})
const away: ApiFailure = { kind: 'network', status: 0, code: '', message: 'm' }

function world(pages: unknown[]) {
  const asked: string[] = []
  const answer = <T>(read: Reader<T>, path: string, text?: string) => {
    asked.push(path)
    const page = pages.shift()
    const value = page === undefined ? undefined : read(page, text)
    return Promise.resolve(value === undefined ? fail(away) : ok(value))
  }
  const audit = createAudit({
    read: (read, path) => answer(read, path),
    change: (read, _, path) => answer(read, path, 'at,who'),
  })
  return { audit, asked }
}

describe('the audit', () => {
  it('reads on where the last page ended', async () => {
    const { audit, asked } = world([
      { items: [entry(2)], cursor: 'a b' },
      { items: [entry(1)], cursor: null },
    ])
    await audit.load()
    expect([audit.phase.value, audit.hasMore.value]).toEqual(['ready', true])
    await audit.more()
    expect([audit.entries.value.map(({ id }) => id), audit.hasMore.value]).toEqual([[2, 1], false])
    expect(asked).toEqual(['/api/audit', '/api/audit?cursor=a%20b'])
  })

  it('keeps what it has when reading on fails', async () => {
    const { audit } = world([{ items: [entry(2)], cursor: 'c' }])
    await audit.load()
    await audit.more()
    expect([audit.phase.value, audit.entries.value.length, audit.failure.value]).toEqual(['failed', 1, away])
  })

  it('gives the whole of it as a file that spreadsheets read as UTF-8', async () => {
    const { audit, asked } = world(['csv'])
    const file = await audit.csv()
    expect(asked).toEqual(['/api/audit.csv'])
    expect(file.ok && [...new Uint8Array(await file.value.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  })
})

it('asks for the code in a language that Meta writes so', () => {
  expect(['ja', 'en', 'zh-Hans-CN', 'pt', 'ar-XB'].map(codeLanguage)).toEqual([
    'ja',
    'en_US',
    'zh_CN',
    'pt_BR',
    'en_US',
  ])
})
