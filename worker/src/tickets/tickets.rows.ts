import { z } from 'zod'
import { failureSchema, messageContentSchema, messageExtrasSchema } from '../../../contract/index.ts'
import { jsonColumn } from '../messages/messages.rows.ts'
import type { DeskSetting } from './effects.types.ts'
import { gateOf, gateShape } from './ticket-gate.rows.ts'

const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema)

const bit = z.number().transform((value) => value === 1)

/** How a conversation stands with its ticket, the work that is pending for it, and what decides about its next ticket. */
const placeShape = {
  id: z.string(),
  change: z.number(),
  department_id: z.string(),
  ticket_id: z.string().nullable(),
  desk_cursor: z.number(),
  desk_holes: json(z.array(z.number())),
  desk_change: z.number(),
  desk_state: z.enum(['done', 'waiting', 'blocked']),
  work_version: z.number().nullable(),
  ...gateShape,
}

function placeOf(row: z.infer<z.ZodObject<typeof placeShape>>) {
  return {
    conversationId: row.id,
    change: row.change,
    departmentId: row.department_id,
    ticketId: row.ticket_id,
    cursor: row.desk_cursor,
    holes: row.desk_holes,
    deskChange: row.desk_change,
    deskState: row.desk_state,
    workVersion: row.work_version,
    gate: gateOf(row),
  }
}

export const placeRowSchema = z.object(placeShape).transform(placeOf)

export const deskFactsRowSchema = z
  .object({
    ...placeShape,
    contact_id: z.string(),
    contact_name: z.string(),
    contact_phone: z.string().nullable(),
    desk_contact_id: z.string().nullable(),
    channel_department_id: z.string().nullable(),
    reopen_days: z.number().nullable(),
    burst_seconds: z.number().nullable(),
    public_comments: z.number().nullable(),
  })
  .transform((row) => ({
    ...placeOf(row),
    contact: {
      id: row.contact_id,
      name: row.contact_name,
      phone: row.contact_phone,
      deskContactId: row.desk_contact_id,
    },
    channel: {
      departmentId: row.channel_department_id ?? row.department_id,
      reopenDays: row.reopen_days ?? 3,
      burstMs: (row.burst_seconds ?? 10) * 1_000,
      isPublic: row.public_comments === 1,
    },
  }))
/** A conversation with what recording it in Desk needs. */
export type DeskFacts = z.infer<typeof placeRowSchema> & DeskSetting

/** A message that is not, or not wholly, in the ticket. */
export const deskMessageRowSchema = z
  .object({
    seq: z.number(),
    direction: z.enum(['in', 'out']),
    kind: z.string(),
    is_hidden: bit,
    content: json(messageContentSchema),
    extras: jsonColumn(messageExtrasSchema),
    summary: z.string(),
    sent_at: z.number(),
    position: z.number(),
    received_at: z.number(),
    status: z.string(),
    failure: jsonColumn(failureSchema),
    is_revoked: bit,
    agent_name: z.string().nullable(),
    quoted_summary: z.string().nullable(),
    media: jsonColumn(
      z.object({
        state: z.enum(['pending', 'stored', 'failed']),
        r2Key: z.string().nullable(),
        type: z.string().nullable(),
        name: z.string().nullable(),
      }),
    ),
  })
  .transform((row) => ({
    seq: row.seq,
    direction: row.direction,
    kind: row.kind,
    isHidden: row.is_hidden,
    content: row.content,
    extras: row.extras,
    summary: row.summary,
    sentAt: row.sent_at,
    position: row.position,
    receivedAt: row.received_at,
    status: row.status,
    failure: row.failure,
    isRevoked: row.is_revoked,
    agentName: row.agent_name,
    quotedSummary: row.quoted_summary,
    file: row.media?.state ?? ('none' as const),
    media: row.media,
  }))
export type DeskMessage = z.infer<typeof deskMessageRowSchema>

export const claimRowSchema = z.object({
  desk_contact_id: z.string().nullable(),
  desk_claim_by: z.string().nullable(),
  desk_claim_until: z.number(),
})
