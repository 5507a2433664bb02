import type { AuditList } from '../../../contract/index.ts'
import { invalidCursor } from '../platform/request-errors.ts'
import { CSV_HEAD, csvLine } from './audit.csv.model.ts'
import type { AuditReadRepo } from './audit.read.repo.ts'

const CSV_PAGE = 500
const CURSOR = /^\d{1,15}$/

/** A page of what was done, the newest first. */
export async function listAudit(
  repo: AuditReadRepo,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<AuditList> {
  if (cursor !== undefined && !CURSOR.test(cursor)) throw invalidCursor('cursor')
  const found = await repo.list(cursor === undefined ? null : Number(cursor), limit + 1)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, cursor: found.length > limit && last !== undefined ? String(last.id) : null }
}

/** Everything that was done, the newest first, as CSV in pieces: an audit of years is never held at once. */
export async function* exportAudit(repo: AuditReadRepo): AsyncGenerator<string, void> {
  yield CSV_HEAD
  for (let before: number | null = null; ;) {
    const page: AuditList['items'] = await repo.list(before, CSV_PAGE)
    if (page.length > 0) yield page.map((entry) => csvLine(entry)).join('')
    const last = page.at(-1)
    if (last === undefined || page.length < CSV_PAGE) return
    before = last.id
  }
}
