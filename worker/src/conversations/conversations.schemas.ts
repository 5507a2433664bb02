import { z } from 'zod'
import { conversationIdSchema, ticketIdSchema } from '../../../contract/index.ts'

/** The path of one conversation and of what belongs to it. */
export const conversationParams = z.object({ id: conversationIdSchema })

export const ticketParams = z.object({ ticketId: ticketIdSchema })
