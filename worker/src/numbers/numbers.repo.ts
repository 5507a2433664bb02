import { z } from 'zod'
import type { OrgScope } from '../platform/scope.ts'

const numberRowSchema = z.object({
  phone_number_id: z.string(),
  display_phone_number: z.string(),
  verified_name: z.string().nullable(),
  channel_name: z.string().nullable(),
  department_id: z.string().nullable(),
})

export type NumberFacts = {
  phoneNumberId: string
  displayPhoneNumber: string
  verifiedName: string | null
  channelName: string | null
  /** Department of the number's channel; null while it has none. */
  departmentId: string | null
}

const SELECT = `SELECT n.phone_number_id, n.display_phone_number, n.verified_name, h.name AS channel_name, h.department_id
  FROM numbers n LEFT JOIN channels h ON h.org_id = n.org_id AND h.phone_number_id = n.phone_number_id
  WHERE n.org_id = ?1`

/** The numbers of one organisation. */
export function createNumbersRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>) {
  return {
    /** In the order they were connected. */
    async list(): Promise<NumberFacts[]> {
      const { results } = await db.prepare(`${SELECT} ORDER BY n.connected_at, n.phone_number_id`).bind(orgId).all()
      return results.map(toFacts)
    },

    async find(phoneNumberId: string): Promise<NumberFacts | null> {
      const row = await db.prepare(`${SELECT} AND n.phone_number_id = ?2`).bind(orgId, phoneNumberId).first()
      return row === null ? null : toFacts(row)
    },
  }
}

export type NumbersRepo = ReturnType<typeof createNumbersRepo>

function toFacts(row: unknown): NumberFacts {
  const facts = numberRowSchema.parse(row)
  return {
    phoneNumberId: facts.phone_number_id,
    displayPhoneNumber: facts.display_phone_number,
    verifiedName: facts.verified_name,
    channelName: facts.channel_name,
    departmentId: facts.department_id,
  }
}
