import type { z } from 'zod'
import {
  archiveListSchema,
  inboxListSchema,
  sendingSchema,
  startConversationAnswerSchema,
  startOptionsSchema,
  templateListSchema,
  ticketFormSchema,
} from '../../contract/index.ts'

/** What enters the inbox, and the parts of the ticket pane that load later, by name. */
export const moreShapes = {
  archiveList: archiveListSchema,
  sending: sendingSchema,
  startOptions: startOptionsSchema,
  startConversationAnswer: startConversationAnswerSchema,
  templateList: templateListSchema,
  inboxList: inboxListSchema,
  ticketForm: ticketFormSchema,
}

export type MoreShapes = { [K in keyof typeof moreShapes]: z.infer<(typeof moreShapes)[K]> }
