import { z } from 'zod'
import { departmentIdSchema, instantSchema, phoneNumberIdSchema } from './ids.ts'

export const channelIdSchema = z
  .string()
  .regex(/^ch_[a-z0-9]{12,40}$/)
  .brand<'ChannelId'>()
export type ChannelId = z.infer<typeof channelIdSchema>

/** When a customer's message becomes a ticket. `after`: when the oldest unanswered message is so many minutes old. */
export const TICKET_RULES = ['automatic', 'by_hand', 'after'] as const

/** Limits of a channel's icon: decided by its bytes, never by its name. */
export const ICON_MAX_BYTES = 1_048_576
export const ICON_MAX_PIXELS = 1_024

const settings = {
  name: z.string().trim().min(1).max(120),
  departmentId: departmentIdSchema,
  ticketRule: z.enum(TICKET_RULES),
  /** For the rule `after`. */
  ticketAfterMinutes: z.number().int().min(1).max(1_440),
  /** A ticket closed less than this many days ago is opened again by a new message. */
  reopenDays: z.number().min(0).max(365),
  /** How long messages are gathered into one comment. */
  burstSeconds: z.number().int().min(0).max(60),
  /** Public comments reach the customer by Desk's own ways too. */
  publicComments: z.boolean(),
}

/** What an administrator decides about a channel. */
export const channelSettingsSchema = z.strictObject({
  ...settings,
  ticketRule: settings.ticketRule.default('automatic'),
  ticketAfterMinutes: settings.ticketAfterMinutes.default(15),
  reopenDays: settings.reopenDays.default(3),
  burstSeconds: settings.burstSeconds.default(10),
  publicComments: settings.publicComments.default(false),
})
export type ChannelSettings = z.infer<typeof channelSettingsSchema>

/** A number has one channel: a repeated request, or the second of two tabs, finds the first one's. */
export const createChannelBodySchema = channelSettingsSchema.extend({ phoneNumberId: phoneNumberIdSchema })
export type CreateChannelBody = z.infer<typeof createChannelBodySchema>
/** Only what is named changes. */
export const changeChannelBodySchema = z.strictObject(settings).partial()
export type ChangeChannelBody = z.infer<typeof changeChannelBodySchema>

export const channelViewSchema = z.object({
  id: channelIdSchema,
  phoneNumberId: phoneNumberIdSchema,
  displayPhoneNumber: z.string(),
  name: z.string(),
  departmentId: departmentIdSchema,
  ticketRule: z.enum(TICKET_RULES),
  ticketAfterMinutes: z.number().int(),
  reopenDays: z.number(),
  burstSeconds: z.number(),
  publicComments: z.boolean(),
  /** Signed, valid for some minutes; absent while there is no icon. */
  iconUrl: z.string().optional(),
  state: z.enum(['on', 'off', 'removed']),
  /** Since when it is off or removed. */
  changedAt: instantSchema.nullable(),
  /** Conversations in which a customer wrote while it was off. */
  held: z.number().int(),
})
export type ChannelView = z.infer<typeof channelViewSchema>
export const channelListSchema = z.object({
  items: z.array(channelViewSchema),
  /** How many there may be: the account's enabled departments. */
  limit: z.number().int(),
})
export type ChannelList = z.infer<typeof channelListSchema>

/** What becomes of conversations that waited while a channel was off: tickets for all, of the last 24 hours, or none. */
export const switchOnBodySchema = z.strictObject({ backlog: z.enum(['all', 'day', 'none']).default('all') })
/** More waiting conversations than that make the pane ask. */
export const ASK_BACKLOG_ABOVE = 20
