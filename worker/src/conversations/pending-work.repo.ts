/**
 * What is to be done stands in the conversation's own row, which whatever gives it something to do writes anyway. These assignments are
 * for an `UPDATE conversations`; what waits is read from the view `pending_work`.
 */

/** Somebody must act on the conversation, since `now` unless since earlier. `now` is SQL. */
export function addWork(now: string): string {
  return `work_since = COALESCE(work_since, ${now}), work_version = work_version + 1`
}

/** Nobody must any more, unless there has been a new reason since `version` was read. `version` is SQL. */
export function endWork(version: string): string {
  return `work_since = CASE WHEN work_version = ${version} THEN NULL ELSE work_since END`
}
