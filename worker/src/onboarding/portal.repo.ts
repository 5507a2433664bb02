import { z } from 'zod'
import type { OrgScope } from '../platform/scope.ts'

const rowSchema = z.object({ portal_name: z.string().nullable() })

/** The name of the organisation's Zoho Desk; null while it is not known. */
export async function readPortalName({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>): Promise<string | null> {
  const row = await db.prepare('SELECT portal_name FROM desk_connections WHERE org_id = ?1').bind(orgId).first()
  return row === null ? null : rowSchema.parse(row).portal_name
}
