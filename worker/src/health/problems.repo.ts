import { z } from 'zod'
import type { HealthCheck } from '../../../contract/index.ts'
import { HEALTH_CHECKS } from '../../../contract/index.ts'
import type { OrgScope } from '../platform/scope.ts'
import { COMPARED_MS, hourOf } from './silence.model.ts'

const problemSchema = z.object({
  subject: z.string(),
  display_phone_number: z.string(),
  channel_name: z.string(),
  kind: z.enum(HEALTH_CHECKS),
  level: z.enum(['warning', 'bad']),
  since: z.number(),
  facts: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.object({ value: z.string().nullable(), details: z.array(z.string()) })),
})
export type ProblemRow = z.infer<typeof problemSchema>

const solvedSchema = z.object({
  subject: z.string(),
  display_phone_number: z.string(),
  kind: z.enum(HEALTH_CHECKS),
  since: z.number(),
  solved_at: z.number(),
})
export type SolvedRow = z.infer<typeof solvedSchema>

/** What is over and only waits for the next look is no problem any more: Desk is connected again, or somebody wrote. */
const SELECT = `SELECT p.subject, n.display_phone_number, h.name AS channel_name, p.kind, p.level, p.since, p.facts FROM problems p
  JOIN numbers n ON n.org_id = p.org_id AND n.phone_number_id = p.subject
  JOIN channels h ON h.org_id = p.org_id AND h.phone_number_id = p.subject AND h.removed_at IS NULL
  WHERE p.org_id = ?1
    AND (p.kind <> 'desk' OR EXISTS (SELECT 1 FROM desk_connections d WHERE d.org_id = p.org_id AND d.status <> 'connected'))
    AND (p.kind <> 'silence' OR NOT EXISTS (SELECT 1 FROM counters c
      WHERE c.org_id = p.org_id AND c.phone_number_id = p.subject AND c.last_event_at > p.since))`

/** What is wrong with an organisation's numbers now, and who was told. */
export function createProblemsRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>) {
  return {
    /** The worst and oldest first. */
    async list(): Promise<ProblemRow[]> {
      const { results } = await db.prepare(`${SELECT} ORDER BY p.level, p.since`).bind(orgId).all()
      return results.map((row) => problemSchema.parse(row))
    },

    /** The bad ones that nobody was told of, not older than `since`. */
    async listUntold(since: number): Promise<ProblemRow[]> {
      const { results } = await db
        .prepare(`${SELECT} AND p.level = 'bad' AND p.told_at IS NULL AND p.since >= ?2 ORDER BY p.since LIMIT 20`)
        .bind(orgId, since)
        .all()
      return results.map((row) => problemSchema.parse(row))
    },

    /** What was told and is over since, not longer than `since`. */
    async listSolved(since: number): Promise<SolvedRow[]> {
      const { results } = await db
        .prepare(
          `SELECT s.subject, n.display_phone_number, s.kind, s.since, s.solved_at FROM solved_problems s
           JOIN numbers n ON n.org_id = s.org_id AND n.phone_number_id = s.subject
           WHERE s.org_id = ?1 AND s.solved_at >= ?2 ORDER BY s.solved_at LIMIT 20`,
        )
        .bind(orgId, since)
        .all()
      return results.map((row) => solvedSchema.parse(row))
    },

    /** These are told; what nobody wanted to hear for so long goes with them. */
    async forgetSolved(solved: readonly SolvedRow[], before: number): Promise<void> {
      await db.batch([
        ...solved.map(({ subject, kind, solved_at: at }) =>
          db
            .prepare('DELETE FROM solved_problems WHERE org_id = ?1 AND subject = ?2 AND kind = ?3 AND solved_at = ?4')
            .bind(orgId, subject, kind, at),
        ),
        db.prepare('DELETE FROM solved_problems WHERE org_id = ?1 AND solved_at < ?2').bind(orgId, before),
      ])
    },

    async markTold(problems: readonly Pick<ProblemRow, 'subject' | 'kind'>[], now: number): Promise<void> {
      if (problems.length === 0) return
      await db.batch(
        problems.map(({ subject, kind }) =>
          db
            .prepare('UPDATE problems SET told_at = ?4 WHERE org_id = ?1 AND subject = ?2 AND kind = ?3')
            .bind(orgId, subject, kind, now),
        ),
      )
    },

    /**
     * What is wrong with one number from now on. One that gets worse is told again; one that is over is gone, and whoever was told of it
     * hears that.
     */
    async replace(phoneNumberId: string, checks: readonly HealthCheck[], now: number): Promise<void> {
      const wrong = checks.filter(({ level }) => level === 'bad' || level === 'warning')
      const bad = wrong.filter(({ level }) => level === 'bad').map(({ key }) => key)
      await db.batch([
        db
          .prepare(
            `INSERT INTO solved_problems (org_id, subject, kind, since, solved_at)
             SELECT org_id, subject, kind, since, ?4 FROM problems WHERE org_id = ?1 AND subject = ?2 AND level = 'bad'
               AND told_at IS NOT NULL AND kind NOT IN (SELECT value FROM json_each(?3))
             ON CONFLICT (org_id, subject, kind) DO UPDATE SET since = excluded.since, solved_at = excluded.solved_at`,
          )
          .bind(orgId, phoneNumberId, JSON.stringify(bad), now),
        db
          .prepare(
            `DELETE FROM problems WHERE org_id = ?1 AND subject = ?2 AND kind NOT IN (SELECT value FROM json_each(?3))`,
          )
          .bind(orgId, phoneNumberId, JSON.stringify(wrong.map(({ key }) => key))),
        ...wrong.map(({ key, level, value, details }) =>
          db
            .prepare(
              `INSERT INTO problems (org_id, subject, kind, level, since, facts) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
               ON CONFLICT (org_id, subject, kind) DO UPDATE SET facts = excluded.facts,
                 told_at = CASE WHEN level = excluded.level THEN told_at END,
                 since = CASE WHEN level = excluded.level THEN since ELSE excluded.since END, level = excluded.level`,
            )
            .bind(orgId, phoneNumberId, key, level, now, JSON.stringify({ value, details })),
        ),
      ])
    },

    /** Notes how long a number was silent before what came since the last look; forgets what is older than is compared. */
    async noteArrival(phoneNumberId: string, now: number): Promise<void> {
      const seen = `FROM numbers n JOIN counters c ON c.org_id = n.org_id AND c.phone_number_id = n.phone_number_id
        WHERE n.org_id = ?1 AND n.phone_number_id = ?2 AND c.last_event_at > n.seen_event_at`
      await db.batch([
        db
          .prepare(
            `INSERT INTO arrival_gaps (org_id, phone_number_id, hour, longest_ms, arrivals)
             SELECT n.org_id, n.phone_number_id, c.last_event_at / 3600000, c.last_event_at - n.seen_event_at, 1 ${seen}
             ON CONFLICT (org_id, phone_number_id, hour) DO UPDATE SET arrivals = arrivals + 1,
               longest_ms = MAX(longest_ms, excluded.longest_ms)`,
          )
          .bind(orgId, phoneNumberId),
        db
          .prepare(
            `UPDATE numbers SET seen_event_at = (SELECT last_event_at FROM counters c
               WHERE c.org_id = numbers.org_id AND c.phone_number_id = numbers.phone_number_id)
             WHERE org_id = ?1 AND phone_number_id = ?2`,
          )
          .bind(orgId, phoneNumberId),
        db
          .prepare('DELETE FROM arrival_gaps WHERE org_id = ?1 AND phone_number_id = ?2 AND hour < ?3')
          .bind(orgId, phoneNumberId, hourOf(now - COMPARED_MS)),
      ])
    },

    /** Marks a number as looked at, whatever came of it: one whose token is worth nothing must not keep others waiting. */
    async markChecked(phoneNumberId: string, now: number): Promise<void> {
      await db
        .prepare('UPDATE numbers SET checked_at = ?3 WHERE org_id = ?1 AND phone_number_id = ?2')
        .bind(orgId, phoneNumberId, now)
        .run()
    },
  }
}

export type ProblemsRepo = ReturnType<typeof createProblemsRepo>
