import type { AuditEntry } from '../../../contract/index.ts'

/** A cell that begins like this is a formula to some spreadsheet; blanks, what cannot be seen, and a minus of type count too. */
const FORMULA = /^[\t\r\n]|^[\s\p{Cf}\p{Cc}]*[=+\-@\u2212]/u

const COLUMNS = ['time', 'actor_kind', 'actor', 'action', 'target', 'details'] as const

/** The first line. The mark in front of it makes spreadsheets read UTF-8. */
export const CSV_HEAD = `\uFEFF${lineOf(COLUMNS)}`

/** One entry as a line: every cell quoted, none of them runs in a spreadsheet. */
export function csvLine({ at, actor, action, target, details }: AuditEntry): string {
  const facts = Object.keys(details).length === 0 ? '' : JSON.stringify(details)
  return lineOf([at, actor.kind, actor.name, action, target ?? '', facts])
}

export function csvCell(value: string): string {
  // Wide, small and raised forms are the same sign.
  const harmless = FORMULA.test(value) || FORMULA.test(value.normalize('NFKC')) ? `'${value}` : value
  return `"${harmless.replaceAll('"', '""')}"`
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map((cell) => csvCell(cell)).join(',')}\r\n`
}
