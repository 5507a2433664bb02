import { z } from 'zod'
import type { DeskAgent, DeskGateway, DeskResult } from '../desk/desk.types.ts'
import { ok } from '../platform/errors.ts'

const KEPT_SECONDS = 600
const PAGE = 200
/** More agents than any portal has. */
const MAX_PAGES = 25

const agentSchema = z.object({ id: z.string(), name: z.string(), departmentIds: z.array(z.string()) })
export type AgentToAssign = z.infer<typeof agentSchema>

/** Active agents of Desk who may be given a ticket, by name; as they were up to ten minutes ago. */
export async function listAssignees(
  kv: KVNamespace,
  desk: Pick<DeskGateway, 'listAgents'>,
  orgId: string,
): Promise<DeskResult<AgentToAssign[]>> {
  const key = `desk_agents:${orgId}`
  const kept = z.array(agentSchema).safeParse(await kv.get(key, 'json'))
  if (kept.success) return ok(kept.data)
  const agents: DeskAgent[] = []
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const read = await desk.listAgents(page * PAGE)
    if (!read.ok) return read
    agents.push(...read.value)
    if (read.value.length < PAGE) break
  }
  const assignees = agents
    // Light agents only read and comment.
    .filter(({ status, rolePermissionType }) => status === 'ACTIVE' && rolePermissionType !== 'Light')
    .map(({ id, name, departmentIds }) => ({ id, name, departmentIds }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
  await kv.put(key, JSON.stringify(assignees), { expirationTtl: KEPT_SECONDS })
  return ok(assignees)
}
