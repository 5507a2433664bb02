import { z } from 'zod'
import type { MessageContent } from '../../../contract/index.ts'
import { phoneKey } from '../contacts/phone.model.ts'
import { normaliseUnit } from '../whatsapp/normalise.ts'
import { summaryOf } from '../whatsapp/summary.ts'
import type { WebhookChange } from '../whatsapp/webhook-body.ts'
import { figure, listOf, metaErrorSchema, text } from '../whatsapp/webhook.schemas.ts'
import { kindOf } from './archive.model.ts'

/** A message of the Business app, as the archive keeps it. `contact` is the key of the customer's phone number, `phone` its digits. */
export type ArchivedMessage = {
  wamid: string
  contact: string
  phone: string
  direction: 'in' | 'out'
  content: MessageContent
  summary: string
  sentAt: number
  status: string | null
}

/**
 * What a webhook brought for the archive. `progress`: how much of the history has come, in percent, where it tells; `declined`: why the
 * person at the phone keeps it.
 */
export type ArchiveNews = { messages: ArchivedMessage[]; progress: number | null; declined: string | null }

/** Webhook fields that are for the archive and never make a ticket. */
export const ARCHIVE_FIELDS = ['history', 'smb_message_echoes', 'smb_app_state_sync'] as const

export function isForArchive(field: string): boolean {
  return ARCHIVE_FIELDS.some((one) => one === field)
}

const anything = z.unknown()
const endsSchema = z.object({
  from: text,
  to: text,
  history_context: z.object({ status: text }).optional().catch(undefined),
})
const valueSchema = z.object({
  history: listOf(
    z.object({
      metadata: z.object({ progress: figure }).optional().catch(undefined),
      errors: listOf(metaErrorSchema),
      threads: listOf(z.object({ id: z.union([z.string(), figure]).optional(), messages: listOf(anything) })),
    }),
  ),
  messages: listOf(anything),
  message_echoes: listOf(anything),
  metadata: z.object({ display_phone_number: text }).optional().catch(undefined),
})

/**
 * Reads `history` and `smb_message_echoes` webhooks ("Coexistence onboarding"): threads of past messages, media that come after their
 * placeholder, and what is written in the app from now on. What cannot be read is left out: an archive is no inbox.
 */
export function readArchive(change: WebhookChange): ArchiveNews {
  const value = valueSchema.safeParse(change.value).data
  if (value === undefined) return { messages: [], progress: null, declined: null }
  const own = digitsOf(value.metadata?.display_phone_number)
  const read = (raw: unknown, thread: string): ArchivedMessage[] => {
    const message = readMessage(change, raw, { own, thread })
    return message === null ? [] : [message]
  }
  const refusal = value.history.flatMap(({ errors }) => errors)[0]
  const told = value.history.flatMap(({ metadata }) => metadata?.progress ?? [])
  return {
    messages: [
      ...value.history.flatMap(({ threads }) =>
        threads.flatMap(({ id, messages }) => messages.flatMap((raw) => read(raw, digitsOf(String(id ?? ''))))),
      ),
      ...[...value.messages, ...value.message_echoes].flatMap((raw) => read(raw, '')),
    ],
    progress: told.length === 0 ? null : Math.round(Math.min(100, Math.max(0, ...told))),
    declined: refusal === undefined ? null : (refusal.details ?? refusal.message ?? refusal.title ?? ''),
  }
}

function readMessage(
  change: WebhookChange,
  raw: unknown,
  { own, thread }: { own: string; thread: string },
): ArchivedMessage | null {
  const event = normaliseUnit({ kind: 'message', change, raw, position: 0, reason: '' })
  const ends = endsSchema.safeParse(raw).data
  if (event.kind !== 'message' || event.at === null || ends === undefined) return null
  const from = digitsOf(ends.from)
  const isOut = from !== '' && (from === own || (thread !== '' && from !== thread && ends.to !== undefined))
  const customer = thread || (isOut ? digitsOf(ends.to) : from)
  if (customer === '') return null
  return {
    wamid: event.wamid,
    contact: phoneKey(customer),
    phone: customer,
    direction: isOut ? 'out' : 'in',
    content: event.content,
    summary: kindOf(event.content) === 'file' ? 'File' : summaryOf(event.content),
    sentAt: event.at,
    status: ends.history_context?.status?.toLowerCase() ?? null,
  }
}

function digitsOf(phone: string | undefined): string {
  return (phone ?? '').replaceAll(/\D/g, '')
}
