import { z } from 'zod'
import { failureSchema, messageContentSchema, messageStatusSchema } from '../../../contract/index.ts'
import { jsonColumn, marksSchema } from '../messages/messages.rows.ts'
import type { KnownContact, KnownMessage, Route } from './ingest.types.ts'

const pricingSchema = z.object({
  billable: z.boolean().optional(),
  model: z.string().optional(),
  type: z.string().optional(),
  category: z.string().optional(),
})

const editedSchema = z.object({ editedAt: z.number().nullable().catch(null) })

export const KNOWN_MESSAGE_COLUMNS = [
  ...['seq', 'wamid', 'conversation_id', 'direction', 'status', 'marks', 'pricing', 'failure', 'content', 'reactions'],
  ...['versions', 'is_revoked', 'summary', 'sent_at'],
].join(', ')

const knownMessageSchema = z.object({
  seq: z.number(),
  wamid: z.string().nullable(),
  conversation_id: z.string(),
  direction: z.enum(['in', 'out']),
  status: messageStatusSchema,
  marks: z.string().nullable(),
  pricing: jsonColumn(pricingSchema),
  failure: jsonColumn(failureSchema),
  content: z.string().transform((text): unknown => JSON.parse(text)),
  reactions: jsonColumn(z.array(z.object({ from: z.enum(['in', 'out']), emoji: z.string() }))),
  versions: jsonColumn(z.array(z.object({ text: z.string(), at: z.number() }))),
  is_revoked: z.number(),
  summary: z.string(),
  sent_at: z.number(),
})

export function readKnownMessage(row: unknown): KnownMessage {
  const found = knownMessageSchema.parse(row)
  return {
    seq: found.seq,
    wamid: found.wamid,
    conversationId: found.conversation_id,
    direction: found.direction,
    status: found.status,
    marks: found.marks === null ? {} : marksSchema.parse(JSON.parse(found.marks)),
    storedMarks: found.marks,
    pricing: found.pricing,
    failure: found.failure,
    content: messageContentSchema.parse(found.content),
    editedAt: editedSchema.parse(found.content).editedAt,
    reactions: found.reactions ?? [],
    versions: found.versions ?? [],
    isRevoked: found.is_revoked === 1,
    summary: found.summary,
    sentAt: found.sent_at,
  }
}

const aliasRowSchema = z.object({
  kind: z.enum(['parent_user_id', 'user_id', 'phone']),
  alias_portfolio: z.string(),
  value: z.string(),
  id: z.string(),
  name: z.string(),
  name_source: z.string(),
  phone: z.string().nullable(),
  user_id: z.string().nullable(),
  portfolio_id: z.string().nullable(),
  username: z.string().nullable(),
  conversation_id: z.string().nullable(),
})

export function readAliasRow(row: unknown) {
  const found = aliasRowSchema.parse(row)
  const contact: KnownContact = {
    id: found.id,
    name: found.name,
    nameSource: found.name_source,
    phone: found.phone,
    userId: found.user_id,
    portfolioId: found.portfolio_id,
    username: found.username,
    conversationId: found.conversation_id,
  }
  return { alias: { kind: found.kind, portfolioId: found.alias_portfolio, value: found.value }, contact }
}

const routeRowSchema = z.object({ org_id: z.string(), app_path: z.string(), connected_at: z.number() })

export function readRoute(row: unknown): Route {
  const found = routeRowSchema.parse(row)
  return { orgId: found.org_id, appPath: found.app_path, connectedAt: found.connected_at }
}
