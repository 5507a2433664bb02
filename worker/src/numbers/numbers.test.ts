import { beforeAll, describe, expect, it } from 'vitest'
import { numberListSchema } from '../../../contract/index.ts'
import { callApp, testApp, tokenOf } from '../../test/api.ts'
import { insert, SEEDED_AT, seedNumber, seedOrganisation } from '../../test/seed.ts'
import type { OrgScope } from '../platform/scope.ts'

const app = testApp()
let scope: OrgScope

beforeAll(async () => {
  scope = await seedOrganisation({ orgId: 'org_aaaaaaaaaaaaaaaaaaaa', portalId: '60000001' })
  await seedNumber(scope, { phoneNumberId: '800100', departmentId: '100' })
  await seedNumber(scope, { phoneNumberId: '800200', departmentId: '101', channelName: 'Sales line' })
  await seedNumber(scope, { phoneNumberId: '800300' })
  const counts = { received: 9, stored: 5, duplicate: 2, ignored: 1, dead: 1 }
  await insert(scope.db, 'counters', { org_id: scope.orgId, phone_number_id: '800100', ...counts })
  await insert(scope.db, 'waiting_statuses', {
    org_id: scope.orgId,
    phone_number_id: '800100',
    wamid: 'wamid.1',
    status: 'sent',
    at: SEEDED_AT,
    body: '{}',
    expires_at: SEEDED_AT,
  })
})

async function ids(who: Parameters<typeof tokenOf>[1]): Promise<string[]> {
  const response = await callApp(app, { path: '/api/numbers', token: await tokenOf(scope, who) })
  return numberListSchema.parse(await response.json()).items.map(({ phoneNumberId }) => phoneNumberId)
}

describe('numbers', () => {
  it('are those of the departments one may see; administrators also see those without a channel', async () => {
    expect(await ids({ role: 'admin', departments: [] })).toEqual(['800100', '800200', '800300'])
    expect(await ids({ role: 'viewer', departments: ['101'] })).toEqual(['800200'])
    expect(await ids({ role: 'agent', departments: ['999'] })).toEqual([])
  })

  it('have counters that add up, zeros where nothing ever came in', async () => {
    const token = await tokenOf(scope, { role: 'admin' })
    const counters = async (id: string) =>
      (await callApp(app, { path: `/api/numbers/${id}/counters`, token })).json<Record<string, number>>()
    const { received = 0, ...parts } = await counters('800100')
    expect(parts).toEqual({ stored: 4, duplicate: 2, ignored: 1, dead: 1, waiting: 1 })
    expect(Object.values(parts).reduce((sum, count) => sum + count, 0)).toBe(received)
    expect(await counters('800300')).toEqual({ received: 0, stored: 0, duplicate: 0, ignored: 0, dead: 0, waiting: 0 })
  })
})
