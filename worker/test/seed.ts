import { env } from 'cloudflare:workers'
import type { MessageContent } from '../../contract/index.ts'
import { sha256Hex } from '../src/platform/crypto.ts'
import type { OrgScope } from '../src/platform/scope.ts'
import { shardDatabase } from '../src/platform/scope.ts'

type Values = Record<string, string | number | null>

/** Inserts one row as it is. */
export async function insert(db: D1Database, table: string, values: Values): Promise<number> {
  const names = Object.keys(values)
  const { meta } = await db
    .prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
    .bind(...Object.values(values))
    .run()
  return meta.last_row_id
}

export const SEEDED_AT = Date.parse('2026-11-22T10:00:00.000Z')

/** An organisation in the directory and its shard, with its install key where one is given. */
export async function seedOrganisation(facts: {
  orgId: string
  portalId: string
  shard?: number
  epoch?: number
  installKey?: string
}): Promise<OrgScope> {
  const { orgId, portalId, shard = 0, epoch = 1, installKey } = facts
  const db = shardDatabase(env, shard)
  await insert(env.DIRECTORY, 'organisations', {
    id: orgId,
    portal_id: portalId,
    data_centre: 'US',
    region: 'enam',
    shard,
    epoch,
    created_at: SEEDED_AT,
  })
  await insert(db, 'organisations', { id: orgId, portal_id: portalId, data_centre: 'US', epoch })
  if (installKey !== undefined) {
    await insert(env.DIRECTORY, 'install_keys', {
      key_sha256: await sha256Hex(installKey),
      org_id: orgId,
      created_at: SEEDED_AT,
    })
  }
  return { orgId, portalId, dataCentre: 'US', shard, epoch, db }
}

/** A connected number with its route and, where a department is given, its channel. */
export async function seedNumber(
  scope: OrgScope,
  facts: { phoneNumberId: string; departmentId?: string; displayPhoneNumber?: string; channelName?: string },
): Promise<void> {
  const { phoneNumberId, departmentId, displayPhoneNumber = '+44 20 7946 0101', channelName = 'Support line' } = facts
  await insert(env.DIRECTORY, 'number_routes', {
    phone_number_id: phoneNumberId,
    org_id: scope.orgId,
    waba_id: '700100',
    connected_at: SEEDED_AT,
  })
  await insert(scope.db, 'numbers', {
    org_id: scope.orgId,
    phone_number_id: phoneNumberId,
    waba_id: '700100',
    portfolio_id: '600100',
    display_phone_number: displayPhoneNumber,
    verified_name: 'Example Parcels',
    token: 'k1.sealed',
    connected_at: SEEDED_AT,
  })
  if (departmentId === undefined) return
  await insert(scope.db, 'channels', {
    id: `ch_${phoneNumberId.padStart(20, '0')}`,
    org_id: scope.orgId,
    phone_number_id: phoneNumberId,
    name: channelName,
    department_id: departmentId,
    created_at: SEEDED_AT,
  })
}

/** A contact as the search finds it: `search` is the text of its row in the index. */
export async function seedContact(
  scope: OrgScope,
  facts: { id: string; name: string; phone?: string; userId?: string; username?: string; search?: string },
): Promise<void> {
  await insert(scope.db, 'contacts', {
    id: facts.id,
    org_id: scope.orgId,
    name: facts.name,
    name_source: 'profile',
    phone: facts.phone ?? null,
    user_id: facts.userId ?? null,
    username: facts.username ?? null,
    created_at: SEEDED_AT,
  })
  const body =
    facts.search ?? [facts.name, facts.username, facts.userId, facts.phone?.replace('+', '')].filter(Boolean).join('\n')
  await insert(scope.db, 'contact_search', { org_id: scope.orgId, contact_id: facts.id, body })
}

export async function seedConversation(
  scope: OrgScope,
  facts: { id: string; contactId: string; phoneNumberId: string; departmentId: string; lastMessageAt?: number } & {
    more?: Values
  },
): Promise<string> {
  const at = facts.lastMessageAt ?? SEEDED_AT
  await insert(scope.db, 'conversations', {
    id: facts.id,
    org_id: scope.orgId,
    phone_number_id: facts.phoneNumberId,
    contact_id: facts.contactId,
    department_id: facts.departmentId,
    last_message_at: at,
    last_inbound_at: at,
    last_summary: 'Hello',
    created_at: at,
    ...facts.more,
  })
  return facts.id
}

/** A message, an inbound text unless said otherwise. Resolves to its seq. */
export function seedMessage(
  scope: OrgScope,
  conversationId: string,
  facts: { sentAt?: number; position?: number; change?: number; content?: MessageContent; more?: Values } = {},
): Promise<number> {
  const { sentAt = SEEDED_AT, position = 0, change = 0, content = { kind: 'text', text: 'Hello' } } = facts
  return insert(scope.db, 'messages', {
    org_id: scope.orgId,
    conversation_id: conversationId,
    direction: 'in',
    kind: content.kind,
    content: JSON.stringify(content),
    summary: content.kind === 'text' ? content.text : content.kind,
    sent_at: sentAt,
    position,
    received_at: sentAt,
    status: 'received',
    change,
    ...facts.more,
  })
}
