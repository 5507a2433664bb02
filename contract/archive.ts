import { z } from 'zod'
import { instantSchema } from './ids.ts'

/** A message that was written in the Business app: shown apart from conversations, never a ticket. */
export const archivedMessageSchema = z.object({
  wamid: z.string(),
  /** The customer's number, E.164. */
  phone: z.string(),
  direction: z.enum(['in', 'out']),
  /** What kind of message it is, in our words; a newer Worker may know more. */
  kind: z.string(),
  summary: z.string(),
  /** What was written, whole; null where the summary says all there is. */
  text: z.string().nullable(),
  isEdited: z.boolean(),
  sentAt: instantSchema,
  /** Meta's word at the time of the archive, lower case. */
  status: z.string().nullable(),
})
export type ArchivedMessageView = z.infer<typeof archivedMessageSchema>

/** Oldest first; `cursor` leads to what was written before. */
export const archiveListSchema = z.object({ items: z.array(archivedMessageSchema), cursor: z.string().nullable() })
export type ArchiveList = z.infer<typeof archiveListSchema>

/** Somebody who wrote in the Business app or whom its address book names; `last` null: nothing was written. */
export const archivedPersonSchema = z.object({
  /** E.164. */
  phone: z.string(),
  /** As the Business app's address book has it. */
  name: z.string().nullable(),
  messages: z.number().int(),
  last: z.object({ direction: z.enum(['in', 'out']), summary: z.string(), at: instantSchema }).nullable(),
})
export type ArchivedPerson = z.infer<typeof archivedPersonSchema>

/** `none`: nobody asked for it yet. `declined`: the person at the phone keeps it, `reason` in Meta's words. */
export const archiveHistorySchema = z.object({
  state: z.enum(['none', 'waiting', 'arriving', 'complete', 'declined']),
  /** Percent, as Meta tells it. */
  progress: z.number().int().min(0).max(100),
  reason: z.string().nullable(),
})
export type ArchiveHistory = z.infer<typeof archiveHistorySchema>

/** The latest first; whoever never wrote comes last. */
export const archivePeopleSchema = z.object({
  history: archiveHistorySchema,
  items: z.array(archivedPersonSchema),
  cursor: z.string().nullable(),
})
export type ArchivePeople = z.infer<typeof archivePeopleSchema>
