import { z } from 'zod'

/** What a call that changes Desk is about: enough to make it again exactly as it was, and to recognise what it made. */
export const effectBodySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('contact'),
    lastName: z.string(),
    phone: z.string().nullable(),
    description: z.string(),
  }),
  z.object({
    kind: z.literal('ticket'),
    subject: z.string(),
    description: z.string(),
    departmentId: z.string(),
    contactId: z.string(),
    phone: z.string().nullable(),
    assigneeId: z.string().optional(),
  }),
  z.object({
    kind: z.literal('comment'),
    ticketId: z.string(),
    content: z.string(),
    isPublic: z.boolean(),
    attachmentIds: z.array(z.string()),
    seqs: z.array(z.number()),
  }),
  z.object({ kind: z.literal('status'), ticketId: z.string(), status: z.string() }),
])
export type EffectBody = z.infer<typeof effectBodySchema>

/** What Desk made. `number` and `departmentId` are a ticket's. */
export const effectResultSchema = z.object({
  id: z.string(),
  number: z.string().optional(),
  departmentId: z.string().optional(),
})
export type EffectResult = z.infer<typeof effectResultSchema>

/**
 * `planned`: not called yet, or refused without an effect. `calling`: called, no answer yet; found after a restart, the answer is lost.
 * `unsure`: the answer was lost; looked for at `nextAt`, and made again when all looks were in vain.
 */
export const effectStateSchema = z.enum(['planned', 'calling', 'unsure', 'done'])

export type Effect = {
  id: number
  reference: string
  body: EffectBody
  state: z.infer<typeof effectStateSchema>
  /** Calls made so far. */
  attempts: number
  /** When it was first called, epoch milliseconds. */
  beganAt: number | null
  /** How often it was looked for since its answer was lost. */
  looks: number
  nextAt: number | null
  result: EffectResult | null
}

/** How far the conversation is in its ticket once a plan is done. */
export const progressSchema = z.object({
  /** All messages up to here are in the ticket, but for the holes. */
  cursor: z.number(),
  holes: z.array(z.number()),
  /** The conversation's change when its messages were read; null when some of those read stay out. */
  seenChange: z.number().nullable(),
  /** The pending work seen then; null when something is left to do, or nothing was pending. */
  finishedVersion: z.number().nullable(),
  /** Nothing that was read stays out. */
  isComplete: z.boolean(),
  /** How long the next messages are gathered, milliseconds. */
  burstMs: z.number(),
})
export type Progress = z.infer<typeof progressSchema>

/** What the effects are for: what is written into D1 when all of them are done. */
export const planSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('contact'), contactId: z.string() }),
  z.object({ kind: z.literal('ticket'), openerSeq: z.number(), reason: z.string(), progress: progressSchema }),
  z.object({
    kind: z.literal('append'),
    ticketId: z.string(),
    /** What Desk said about the ticket; null when it was not asked. */
    ticket: z.object({ number: z.string(), departmentId: z.string() }).nullable(),
    decision: z.enum(['appended', 'reopened', 'followed']),
    reason: z.string(),
    seqs: z.array(z.number()),
    progress: progressSchema,
  }),
])
export type Plan = z.infer<typeof planSchema>

/** What became of handing a file to Desk: its id there, or null as long as it has none, or for good when it was refused. */
export type UploadFact = { attachmentId: string | null; isRefused: boolean; tries: number }

/** How much of a message is in the ticket although the cursor does not say so yet. */
export type RecordedPart = 'text' | 'all'

/** Contact and channel of a conversation: they change rarely. `phone` is E.164 with "+". */
export const deskSettingSchema = z.object({
  contact: z.object({
    id: z.string(),
    name: z.string(),
    phone: z.string().nullable(),
    deskContactId: z.string().nullable(),
  }),
  channel: z.object({
    departmentId: z.string(),
    reopenDays: z.number(),
    burstMs: z.number(),
    isPublic: z.boolean(),
  }),
})
export type DeskSetting = z.infer<typeof deskSettingSchema>

/** Failures in a row, until when nothing is tried (epoch ms), and whether panels show that something is wrong. */
export type DeskTrouble = { failures: number; notBefore: number; isShown: boolean }

/**
 * What a conversation knows about its own calls to Desk, in the storage of its Durable Object. Each method is done when it returns, and
 * what it wrote is durable before any call that follows leaves the object.
 */
export type EffectJournal = {
  plan(): Plan | null
  effects(): Effect[]
  /** Begins a plan with its effects in their order. There must be none. */
  open(plan: Plan, effects: ReadonlyArray<{ reference: string; body: EffectBody }>): void
  update(id: number, changes: Partial<Omit<Effect, 'id' | 'reference' | 'body'>>): void
  /** Ends the plan: what it recorded stands in D1 now, or in `recorded`. */
  close(recorded: ReadonlyArray<{ seq: number; part: RecordedPart }>): void
  recorded(): Map<number, RecordedPart>
  /** Forgets what `recorded` and `uploads` hold about messages up to the cursor: D1 says it, but for the holes. */
  forget(cursor: number, holes: readonly number[]): void
  uploads(): Map<number, UploadFact>
  saveUpload(seq: number, upload: UploadFact): void
  trouble(): DeskTrouble
  setTrouble(trouble: DeskTrouble | null): void
  /** Contact and channel as they were read last, and when (epoch ms). */
  setting(): { setting: DeskSetting; readAt: number } | null
  setSetting(known: { setting: DeskSetting; readAt: number } | null): void
  /** While set, a wake-up need not read anything before the burst is over. */
  burst(): { lengthMs: number; endsAt: number | null } | null
  setBurst(burst: { lengthMs: number; endsAt: number | null } | null): void
}
