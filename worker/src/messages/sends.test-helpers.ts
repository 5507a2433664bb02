import { seedContact, seedConversation, seedNumber, seedOrganisation } from '../../test/seed.ts'
import type { OrgScope } from '../platform/scope.ts'

let count = 0

export type Seeded = { scope: OrgScope; conversationId: string }

/** A new organisation with one number and one conversation whose customer wrote last at `lastInboundAt`. */
export async function seedOpenConversation(facts: {
  lastInboundAt: number
  phone?: string | null
  userId?: string
}): Promise<Seeded> {
  count += 1
  const id = String(count).padStart(20, '0')
  const phoneNumberId = `81${count}`
  const scope = await seedOrganisation({ orgId: `org_${id}`, portalId: `7${count}` })
  await seedNumber(scope, { phoneNumberId, departmentId: '1800000000100' })
  const phone = facts.phone === undefined ? '+447700900123' : facts.phone
  await seedContact(scope, {
    id: `ct_${id}`,
    name: 'Customer',
    ...(phone === null ? {} : { phone }),
    ...(facts.userId === undefined ? {} : { userId: facts.userId }),
  })
  const conversationId = await seedConversation(scope, {
    id: `cv_${id}`,
    contactId: `ct_${id}`,
    phoneNumberId,
    departmentId: '1800000000100',
    lastMessageAt: facts.lastInboundAt,
  })
  return { scope, conversationId }
}
