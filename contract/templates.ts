import { z } from 'zod'
import { conversationViewSchema } from './conversations.ts'
import { clientIdSchema, phoneNumberIdSchema, ticketIdSchema } from './ids.ts'
import { messageViewSchema } from './messages.ts'

/** An approved template as somebody who sends it needs it. Headers with media and flows come with the template manager. */
export const templateViewSchema = z.object({
  name: z.string(),
  language: z.string(),
  category: z.string(),
  header: z.string().nullable(),
  /** With its variables as `{{1}}` or `{{name}}`. */
  body: z.string(),
  footer: z.string().nullable(),
  buttons: z.array(z.string()),
  /** Names of the body's variables in the order they are given: "1", "2" or their names. */
  variables: z.array(z.string()),
  /** Samples that the template was approved with, in the same order. */
  samples: z.array(z.string()),
  /** False: it has parts that cannot be filled here yet; `why` is a key `template_unfit.<why>`. */
  isFit: z.boolean(),
  why: z.enum(['header_media', 'header_variable', 'button_variable', 'carousel', 'flow', 'other']).nullable(),
})
export type TemplateView = z.infer<typeof templateViewSchema>
export const templateListSchema = z.object({ items: z.array(templateViewSchema) })
export type TemplateList = z.infer<typeof templateListSchema>

export const startConversationBodySchema = z.strictObject({
  clientId: clientIdSchema,
  phoneNumberId: phoneNumberIdSchema,
  /** A phone number, with its country code. */
  to: z.string().trim().min(5).max(40),
  template: z.strictObject({
    name: z.string().min(1).max(512),
    language: z.string().min(2).max(15),
    bodyParams: z.array(z.string().max(1_024)).max(50),
  }),
  /** The ticket it is started from: the conversation goes on in it. */
  ticketId: ticketIdSchema.optional(),
})
export type StartConversationBody = z.infer<typeof startConversationBodySchema>
export const startConversationAnswerSchema = z.object({
  conversation: conversationViewSchema,
  message: messageViewSchema,
})
export type StartConversationAnswer = z.infer<typeof startConversationAnswerSchema>
/** A template into a conversation that is there, as when its window is closed. */
export const sendTemplateBodySchema = startConversationBodySchema.pick({ clientId: true, template: true })

/** What *Start with a template* on a ticket begins with: whom, from where. */
export const startOptionsSchema = z.object({
  contact: z.object({ name: z.string(), phones: z.array(z.string()) }),
  numbers: z.array(
    z.object({
      phoneNumberId: phoneNumberIdSchema,
      displayPhoneNumber: z.string(),
      channelName: z.string(),
      /** Null when a template would be accepted; else why not, as `quota.<refusal>`. */
      refusal: z.string().nullable(),
      places: z.object({ used: z.number().int(), limit: z.number().int() }).nullable(),
    }),
  ),
})
export type StartOptions = z.infer<typeof startOptionsSchema>
