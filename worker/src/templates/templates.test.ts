import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { strictNetwork } from '../../test/network.ts'
import { seedNumber, seedOrganisation } from '../../test/seed.ts'
import { sealContexts } from '../orgs/seal-contexts.ts'
import { seal } from '../platform/crypto.ts'
import { readConfig } from '../platform/env.ts'
import type { OrgScope } from '../platform/scope.ts'
import { createStartsRepo } from './starts.repo.ts'
import { createTemplatePorts } from './templates.deps.ts'
import type { TemplatePorts } from './templates.usecases.ts'
import { fillApproved, listTemplates } from './templates.usecases.ts'

const network = strictNetwork()
const MINUTE_MS = 60_000

let count = 0
let now: number
let scope: OrgScope
let ports: TemplatePorts
let asked: URL[]
/** Pages of the account's list by their cursor; null: Meta does not answer. */
let pages: Record<string, object[]> | null

const described = (name: string, more: object = {}): object => ({
  name,
  language: 'en_GB',
  status: 'APPROVED',
  category: 'UTILITY',
  components: [{ type: 'BODY', text: 'Hello {{1}}.', example: { body_text: [['Sakura']] } }],
  id: '1',
  ...more,
})

beforeEach(async () => {
  count += 1
  now = 1_790_000_000_000
  asked = []
  pages = { '': [described('first')] }
  scope = await seedOrganisation({ orgId: `org_${String(count).padStart(20, 't')}`, portalId: `66${count}` })
  const phoneNumberId = `8066${count}`
  await seedNumber(scope, { phoneNumberId, departmentId: '100' })
  const token = await seal(
    readConfig(env).ENCRYPTION_KEYS,
    sealContexts(scope.orgId).metaToken(phoneNumberId),
    'meta-token',
  )
  await scope.db.prepare('UPDATE numbers SET token = ?2 WHERE org_id = ?1').bind(scope.orgId, token).run()
  const number = await createStartsRepo(scope).findNumber(phoneNumberId)
  if (number === null) throw new Error('The number is not there.')
  ports = { ...createTemplatePorts(env, scope, number), clock: () => now }
  network.handle((request, url) => {
    if (url.origin !== 'https://graph.facebook.com') return undefined
    asked.push(url)
    if (request.headers.get('authorization') !== 'Bearer meta-token') return Response.json({}, { status: 401 })
    const after = url.searchParams.get('after') ?? ''
    if (pages === null) return Response.json({ error: { code: 2, message: 'Service unavailable' } }, { status: 500 })
    const next = Object.keys(pages)[Object.keys(pages).indexOf(after) + 1]
    const paging = next === undefined ? {} : { paging: { cursors: { after: next }, next: 'https://elsewhere.example' } }
    return Response.json({ data: pages[after] ?? [], ...paging })
  })
})

const names = async (): Promise<string[]> => (await listTemplates(ports)).map(({ name }) => name)

describe('the list of templates', () => {
  it('is read to its last page, by our own addresses, and holds the approved ones by name', async () => {
    pages = { '': [described('two'), described('paused', { status: 'PAUSED' })], next: [described('one')] }
    expect(await names()).toEqual(['one', 'two'])
    expect(asked.map((url) => url.pathname)).toEqual(Array(2).fill('/v25.0/700100/message_templates'))
    expect(asked.map((url) => url.searchParams.get('after'))).toEqual([null, 'next'])
  })

  it('is asked for again after five minutes, and stands in while Meta does not answer', async () => {
    expect(await names()).toEqual(['first'])
    pages = { '': [described('second')] }
    now += 5 * MINUTE_MS - 1
    expect(await names()).toEqual(['first'])
    now += 1
    expect(await names()).toEqual(['second'])
    pages = null
    now += 60 * MINUTE_MS
    expect(await names()).toEqual(['second'])
    expect(asked).toHaveLength(3)
  })

  it('is not there where Meta never answered', async () => {
    pages = null
    await expect(names()).rejects.toMatchObject({
      code: 'templates.unavailable',
      status: 503,
      details: { metaCode: 2 },
    })
  })

  it('reads what Meta leaves out or writes in other ways', async () => {
    pages = {
      '': [
        described('bare', { components: [{ type: 'body', text: 'Hello.' }], category: undefined }),
        described('odd', { components: [{ type: 'BODY', text: 7, example: 'none' }, 'nonsense'] }),
      ],
    }
    expect(await listTemplates(ports)).toMatchObject([
      { name: 'bare', category: '', variables: [], isFit: true },
      { name: 'odd', isFit: false, why: 'other' },
    ])
  })
})

describe('a template to send', () => {
  const fill = (name: string) => fillApproved(ports, { name, language: 'en_GB', bodyParams: ['Sakura'] })

  it('that was approved a moment ago is found', async () => {
    await listTemplates(ports)
    pages = { '': [described('second')] }
    now += MINUTE_MS
    await expect(fill('second')).resolves.toMatchObject({ text: 'Hello Sakura.' })
    expect(asked).toHaveLength(2)
  })

  it('that is not there is asked for once and not again at once', async () => {
    await listTemplates(ports)
    now += MINUTE_MS
    await expect(fill('nothing')).rejects.toMatchObject({ code: 'templates.not_found' })
    await expect(fill('nothing')).rejects.toMatchObject({ code: 'templates.not_found' })
    expect(asked).toHaveLength(2)
  })
})
