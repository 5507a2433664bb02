import type { Row } from './rows.model.ts'

const canFocus = (row: Row | undefined): boolean => row !== undefined && row.kind !== 'day'

function nextFrom(rows: readonly Row[], from: number, step: 1 | -1): number | null {
  for (let at = from; at >= 0 && at < rows.length; at += step) if (canFocus(rows[at])) return at
  return null
}

/** The row a key leads to from the row `at`; null: the key means nothing here. Days are passed over. */
export function rowAfterKey(rows: readonly Row[], at: number, key: string): number | null {
  switch (key) {
    case 'ArrowDown':
      return nextFrom(rows, at + 1, 1)
    case 'ArrowUp':
      return nextFrom(rows, at - 1, -1)
    case 'Home':
      return nextFrom(rows, 0, 1)
    case 'End':
      return nextFrom(rows, rows.length - 1, -1)
    default:
      return null
  }
}

/** The row that takes the focus first: where the person was, else the newest. */
export function activeIndex(rows: readonly Row[], activeKey: string | null): number {
  const at = activeKey === null ? -1 : rows.findIndex(({ key }) => key === activeKey)
  return at === -1 ? (nextFrom(rows, rows.length - 1, -1) ?? -1) : at
}
