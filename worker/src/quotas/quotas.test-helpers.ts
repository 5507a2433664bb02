import { sendMessageBodySchema } from '../../../contract/index.ts'
import { rowsOf, run } from '../../test/rows.ts'
import { insert, seedContact, seedConversation, seedNumber, seedOrganisation } from '../../test/seed.ts'
import { createSendsRepo } from '../messages/sends.repo.ts'
import { acceptText } from '../messages/sends.usecases.ts'
import type { OrgScope } from '../platform/scope.ts'
import { createQuotasRepo } from './quotas.repo.ts'

export const NOW = Date.parse('2026-11-22T10:00:00.000Z')

let count = 0

export type Trial = {
  scope: OrgScope
  phoneNumberId: string
  /** A customer who wrote a moment ago, on the first number unless told otherwise. Resolves to their conversation. */
  customer: (facts?: { contactId?: string; phoneNumberId?: string; wroteAt?: number }) => Promise<string>
  /** What `acceptText` takes. */
  deps: (at?: number) => Parameters<typeof acceptText>[0]
  answer: (conversationId: string, at?: number) => ReturnType<typeof acceptText>
  set: (table: 'accounts' | 'organisations' | 'numbers' | 'channels', assignments: string) => Promise<void>
  used: () => Promise<Record<string, number>>
}

/** A new organisation on the first day of its trial, with one number and its channel. */
export async function seedTrial(startedAt: number = NOW): Promise<Trial> {
  count += 1
  const tag = `${count}`.padStart(4, '0')
  const phoneNumberId = `88${tag}`
  const scope = await seedOrganisation({ orgId: `org_trial${tag}00000000000`, portalId: `88${tag}` })
  await seedNumber(scope, { phoneNumberId, departmentId: '100' })
  const { db, orgId } = scope
  await insert(db, 'accounts', {
    org_id: orgId,
    waba_id: '700100',
    business_id: '600100',
    how: 'embedded',
    token: 'k1.sealed',
    token_issued_at: startedAt,
    business_verification: 'not_verified',
    review_status: 'pending',
    connected_at: startedAt,
  })
  const set: Trial['set'] = (table, assignments) =>
    run(db, `UPDATE ${table} SET ${assignments} WHERE ${table === 'organisations' ? 'id' : 'org_id'} = '${orgId}'`)
  await set('numbers', `registered_at = ${startedAt}`)
  await set('organisations', `trial_started_at = ${startedAt}, trial_number = '${phoneNumberId}'`)
  const deps: Trial['deps'] = (at = NOW) => ({
    repo: createSendsRepo(scope),
    quotas: createQuotasRepo(scope),
    clock: () => at,
    wake: async () => undefined,
  })
  let people = 0
  let clientIds = 0
  return {
    scope,
    phoneNumberId,
    deps,
    async customer(facts = {}) {
      people += 1
      const id = `${tag}${String(people).padStart(16, '0')}`
      const contactId = facts.contactId ?? `ct_${id}`
      if (facts.contactId === undefined)
        await seedContact(scope, { id: contactId, name: 'Customer', phone: '+447700900123' })
      return seedConversation(scope, {
        id: `cv_${id}`,
        contactId,
        phoneNumberId: facts.phoneNumberId ?? phoneNumberId,
        departmentId: '100',
        lastMessageAt: facts.wroteAt ?? NOW - 1_000,
      })
    },
    answer(conversationId, at = NOW) {
      clientIds += 1
      const body = sendMessageBodySchema.parse({ clientId: `client-${tag}-${clientIds}`, kind: 'text', text: 'Hello' })
      return acceptText(deps(at), { id: '1', name: 'Ana' }, conversationId, body)
    },
    set,
    async used() {
      const rows = await rowsOf(scope, 'place_counts')
      return Object.fromEntries(rows.map((row) => [String(row['pool']), Number(row['used'])]))
    },
  }
}
