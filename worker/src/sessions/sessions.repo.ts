import { z } from 'zod'
import { roleSchema } from '../../../contract/index.ts'
import type { OrgScope } from '../platform/scope.ts'
import type { KnownAgent } from './sessions.model.ts'

const installationRowSchema = z.object({ org_id: z.string(), shard: z.number().int() })

const agentRowSchema = z.object({
  agent_id: z.string(),
  name: z.string(),
  role: roleSchema,
  departments: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.array(z.string())),
  is_active: z.number(),
  checked_at: z.number(),
})

/** Whose install key has this SHA-256, and in which shard they live; null when nobody's. Asked of the directory, never of a cache. */
export async function findInstallation(
  directory: D1Database,
  keySha256: string,
): Promise<{ orgId: string; shard: number } | null> {
  const row = await directory
    .prepare(
      `SELECT k.org_id, o.shard FROM install_keys k JOIN organisations o ON o.id = k.org_id WHERE k.key_sha256 = ?1`,
    )
    .bind(keySha256)
    .first()
  if (row === null) return null
  const { org_id: orgId, shard } = installationRowSchema.parse(row)
  return { orgId, shard }
}

/** Desk's agents as last seen. */
export function createAgentsRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>) {
  return {
    async find(agentId: string): Promise<{ agent: KnownAgent; checkedAt: number } | null> {
      const row = await db
        .prepare(
          `SELECT agent_id, name, role, departments, is_active, checked_at FROM agents WHERE org_id = ?1 AND agent_id = ?2`,
        )
        .bind(orgId, agentId)
        .first()
      if (row === null) return null
      const {
        agent_id: id,
        name,
        role,
        departments,
        is_active: isActive,
        checked_at: checkedAt,
      } = agentRowSchema.parse(row)
      return { agent: { id, name, role, departments, isActive: isActive === 1 }, checkedAt }
    },

    /** Keeps what Desk said. An answer older than the one kept changes nothing. */
    async save(agent: KnownAgent, checkedAt: number): Promise<void> {
      await db
        .prepare(
          `INSERT INTO agents (org_id, agent_id, name, role, departments, is_active, checked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
           ON CONFLICT (org_id, agent_id) DO UPDATE SET name = excluded.name, role = excluded.role,
             departments = excluded.departments, is_active = excluded.is_active, checked_at = excluded.checked_at
           WHERE excluded.checked_at >= checked_at`,
        )
        .bind(
          orgId,
          agent.id,
          agent.name,
          agent.role,
          JSON.stringify(agent.departments),
          agent.isActive ? 1 : 0,
          checkedAt,
        )
        .run()
    },

    /** Desk knows them no more. Nothing happens where we never knew them. */
    async markGone(agentId: string, checkedAt: number): Promise<void> {
      await db
        .prepare('UPDATE agents SET is_active = 0, checked_at = ?3 WHERE org_id = ?1 AND agent_id = ?2')
        .bind(orgId, agentId, checkedAt)
        .run()
    },
  }
}

export type AgentsRepo = ReturnType<typeof createAgentsRepo>
