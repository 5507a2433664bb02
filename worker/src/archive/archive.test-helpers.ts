import { env } from 'cloudflare:workers'
import type { ArchiveList, ArchivePeople } from '../../../contract/index.ts'
import { archiveListSchema, archivePeopleSchema } from '../../../contract/index.ts'
import { callApp, testApp, tokenOf } from '../../test/api.ts'
import { insert, SEEDED_AT, seedNumber, seedOrganisation } from '../../test/seed.ts'
import type { OrgScope } from '../platform/scope.ts'
import { objectNames } from '../platform/scope.ts'
import { runArchiveHistory } from './archive.jobs.ts'

const app = testApp()
let count = 0

/** A number of the Business app, and what Meta tells of it. */
export class ArchiveKit {
  static readonly own = '442079460101'
  static readonly customer = '447700900123'
  readonly scope: OrgScope
  readonly number: string
  #part = 0

  private constructor(scope: OrgScope, number: string) {
    this.scope = scope
    this.number = number
  }

  /** A number with a channel in department 100. `letter` tells test files apart. */
  static async start(letter: string): Promise<ArchiveKit> {
    count += 1
    const orgId = `org_${letter.repeat(16)}${String(count).padStart(4, '0')}`
    const scope = await seedOrganisation({ orgId, portalId: `67${letter.charCodeAt(0)}${count}` })
    const number = `8700${letter.charCodeAt(0)}${count}`
    await seedNumber(scope, { phoneNumberId: number, departmentId: '100' })
    return new ArchiveKit(scope, number)
  }

  /** A webhook that the lane put aside. */
  async told(field: string, value: object, receivedAt = SEEDED_AT): Promise<void> {
    const { scope, number } = this
    const metadata = { display_phone_number: ArchiveKit.own, phone_number_id: number }
    const full = { messaging_product: 'whatsapp', metadata, ...value }
    const body = JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [{ id: '700100', changes: [{ field, value: full }] }],
    })
    const lane = objectNames.lane.number(number)
    const place = { org_id: scope.orgId, lane, part: ++this.#part, unit: 0, waba_id: '700100' }
    await insert(scope.db, 'account_events', { ...place, received_at: receivedAt, field, body })
  }

  archive(): Promise<void> {
    const { orgId } = this.scope
    return runArchiveHistory(env, { kind: 'archive_history', orgId, shard: 0, phoneNumberId: this.number })
  }

  /** Tells and archives. */
  async keep(field: string, value: object, receivedAt?: number): Promise<void> {
    await this.told(field, value, receivedAt)
    await this.archive()
  }

  async ask(path: string, session: Parameters<typeof tokenOf>[1] = { role: 'viewer' }): Promise<Response> {
    const token = await tokenOf(this.scope, session)
    return callApp(app, { path: `/api/numbers/${this.number}/archive${path}`, token })
  }

  async messages(query = ''): Promise<ArchiveList> {
    return archiveListSchema.parse(await (await this.ask(query)).json())
  }

  async people(query = ''): Promise<ArchivePeople> {
    return archivePeopleSchema.parse(await (await this.ask(`/people${query}`)).json())
  }
}

export const text = (id: string, from: string, body: string, at: number, more = {}): object => ({
  ...{ id, from, timestamp: String(at), type: 'text', text: { body } },
  ...more,
})

/** A chunk of the history, with everything of one thread. */
export const history = (
  messages: readonly unknown[],
  { progress = 100, thread = ArchiveKit.customer }: { progress?: number; thread?: string } = {},
): object => ({
  history: [{ metadata: { phase: 0, chunk_order: 1, progress }, threads: [{ id: thread, messages }] }],
})

/** One change of the address book. */
export const contact = (phone: string, full_name: string | undefined, at: number, action = 'add'): object => ({
  type: 'contact',
  contact: { ...(full_name === undefined ? {} : { full_name }), phone_number: phone },
  action,
  metadata: { timestamp: String(at) },
})
