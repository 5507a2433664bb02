import { phoneKey } from '../contacts/phone.model.ts'
import type { OrgScope } from '../platform/scope.ts'

/**
 * Meta may know the customer under another form of the number than the one that was written to, and their answer comes from that one:
 * it becomes another name of the same contact, unless it is somebody else's. `phone` is E.164 with "+", `waId` digits.
 */
export function aliasStatements(
  { db, orgId }: Pick<OrgScope, 'db' | 'orgId'>,
  contactId: string,
  phone: string | null,
  waId: string | null,
): D1PreparedStatement[] {
  if (phone === null || waId === null || !/^\d{6,16}$/.test(waId)) return []
  const key = phoneKey(waId)
  if (key === phoneKey(phone.slice(1))) return []
  return [
    db
      .prepare(
        `INSERT INTO contact_aliases (org_id, kind, portfolio_id, value, contact_id) VALUES (?1, 'phone', '', ?2, ?3)
         ON CONFLICT DO NOTHING`,
      )
      .bind(orgId, key, contactId),
  ]
}
