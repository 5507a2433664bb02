import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { SEEDED_AT, seedOrganisation } from '../../test/seed.ts'
import type { DeskAgent, DeskFailure, DeskResult } from '../desk/desk.types.ts'
import { readConfig } from '../platform/env.ts'
import { failed, ok } from '../platform/errors.ts'
import type { OrgScope } from '../platform/scope.ts'
import { issueSessionToken, readSessionToken } from './session.token.ts'
import { createAgentsRepo } from './sessions.repo.ts'
import type { OpenSessionPorts } from './sessions.usecases.ts'
import { openSession } from './sessions.usecases.ts'

const hour = 60 * 60 * 1_000
const ken: DeskAgent = {
  id: '1800000000601',
  name: 'Ken Mori',
  status: 'ACTIVE',
  isConfirmed: true,
  rolePermissionType: 'AgentPublic',
  departmentIds: ['100'],
}
const key = readConfig(env).SESSION_KEY

let scope: OrgScope
let now: number
let asked: number
let answer: DeskResult<DeskAgent>
let ports: OpenSessionPorts

beforeAll(async () => {
  scope = await seedOrganisation({ orgId: 'org_aaaaaaaaaaaaaaaaaaaa', portalId: '60000001', epoch: 7, shard: 1 })
})

beforeEach(async () => {
  now = SEEDED_AT
  asked = 0
  answer = ok(ken)
  await scope.db.prepare('DELETE FROM agents').run()
  ports = {
    scope,
    agents: createAgentsRepo(scope),
    desk: {
      getAgent: async () => {
        asked += 1
        return answer
      },
    },
    clock: () => now,
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    issue: (who) => issueSessionToken(key, who, () => now),
  }
})

const open = () => openSession(ports, ken.id)
const outcome = (promise: Promise<unknown>) =>
  promise.then(() => 'opened').catch((error: { code: string }) => error.code)

describe('a session', () => {
  it("carries the organisation, the agent's role and departments, for 15 minutes", async () => {
    const session = await open()
    expect(session).toMatchObject({
      expiresAt: '2026-11-22T10:15:00.000Z',
      now: '2026-11-22T10:00:00.000Z',
      agent: { id: ken.id, name: 'Ken Mori', role: 'agent' },
    })
    expect(await readSessionToken(key, session.token, () => now)).toMatchObject({
      ok: true,
      value: { orgId: scope.orgId, shard: 1, epoch: 7, agentId: ken.id, role: 'agent', departments: ['100'] },
    })
  })

  it('asks Desk once an hour', async () => {
    await open()
    now += hour - 1
    await open()
    expect(asked).toBe(1)
    now += 1
    answer = ok({ ...ken, rolePermissionType: 'Admin', departmentIds: ['100', '101'] })
    expect((await open()).agent.role).toBe('admin')
    expect(asked).toBe(2)
  })

  it.each<DeskFailure>([
    { kind: 'unreachable', reason: 'refused' },
    { kind: 'lost', reason: 'timeout' },
    { kind: 'server', status: 500 },
    { kind: 'paused', retryAt: 0 },
    { kind: 'busy', retryAt: 0 },
    { kind: 'revoked' },
    { kind: 'forbidden', code: 'SCOPE_MISMATCH' },
  ])('is given for 24 hours by what Desk said last while Desk fails: $kind', async (failure) => {
    answer = failed(failure)
    expect(await outcome(open())).toBe('sessions.desk_unavailable')
    answer = ok(ken)
    await open()
    answer = failed(failure)
    now += 24 * hour - 1
    expect(await outcome(open())).toBe('opened')
    now += 1
    expect(await outcome(open())).toBe('sessions.desk_unavailable')
  })

  it('is refused to an agent who is disabled, from the next look on, and given again when they are back', async () => {
    await open()
    answer = ok({ ...ken, status: 'DISABLED' })
    expect(await outcome(open())).toBe('opened')
    now += hour
    expect(await outcome(open())).toBe('sessions.agent_disabled')
    answer = failed({ kind: 'server', status: 500 })
    expect(await outcome(open())).toBe('sessions.agent_disabled')
    answer = ok(ken)
    expect(await outcome(open())).toBe('opened')
  })

  it('is refused to somebody whom Desk does not know, even if it once did', async () => {
    await open()
    now += hour
    answer = failed({ kind: 'gone' })
    expect(await outcome(open())).toBe('sessions.agent_unknown')
    answer = failed({ kind: 'server', status: 500 })
    expect(await outcome(open())).toBe('sessions.agent_disabled')
  })
})
