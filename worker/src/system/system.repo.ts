/** Whether a database answers and was migrated. Rejects where it does not answer. */
export async function isReachable(db: D1Database): Promise<boolean> {
  return (await db.prepare('SELECT 1 FROM organisations LIMIT 1').raw()).length >= 0
}
