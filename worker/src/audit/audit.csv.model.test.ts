import { describe, expect, it } from 'vitest'
import { CSV_HEAD, csvCell, csvLine } from './audit.csv.model.ts'

describe('a cell of the audit', () => {
  it.each([
    ['Support line', '"Support line"'],
    ['', '""'],
    ['say "hi", all', '"say ""hi"", all"'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['=HYPERLINK("http://evil.example")', `"'=HYPERLINK(""http://evil.example"")"`],
    ['+44 20 7946 0101', `"'+44 20 7946 0101"`],
    ['-1+1', `"'-1+1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1+1', `"'\t=1+1"`],
    ['\r=1+1', `"'\r=1+1"`],
    ['\n=1+1', `"'\n=1+1"`],
    ['  =1+1', `"'  =1+1"`],
    ['\u00A0=1+1', `"'\u00A0=1+1"`],
    ['＝1+1', `"'＝1+1"`],
    ['＋1', `"'＋1"`],
    ['－1', `"'－1"`],
    ['＠SUM(1)', `"'＠SUM(1)"`],
    ['\uFE661', `"'\uFE661"`],
    ['\u22121', `"'\u22121"`],
    ['\u200B=1', `"'\u200B=1"`],
    ['\u0000=1', `"'\u0000=1"`],
    ['a=1', '"a=1"'],
    ["'quoted", `"'quoted"`],
  ])('%j is written as %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell)
  })
})

it('an entry is one line of six cells', () => {
  const entry = {
    id: 7,
    at: '2026-11-22T10:00:00.000Z',
    actor: { kind: 'administrator', name: '=cmd|calc' },
    action: 'channel.changed',
    target: 'サポート',
    details: { from: '=1', to: '"2"' },
  } as const
  expect(csvLine(entry)).toBe(
    `"2026-11-22T10:00:00.000Z","administrator","'=cmd|calc","channel.changed","サポート","{""from"":""=1"",""to"":""\\""2\\""""}"\r\n`,
  )
  expect(csvLine({ ...entry, target: null, details: {} })).toMatch(/,"",""\r\n$/)
  expect(CSV_HEAD).toBe('\uFEFF"time","actor_kind","actor","action","target","details"\r\n')
})
