import { z } from 'zod'

const ticketSchema = z.object({
  id: z.string(),
  orgId: z.string(),
  ticketNumber: z.string(),
  subject: z.string(),
  description: z.string().nullable(),
  status: z.string(),
  statusType: z.string(),
  channel: z.string().nullable(),
  contactId: z.string(),
  departmentId: z.string(),
  comments: z.array(
    z.object({
      id: z.string(),
      content: z.string(),
      isPublic: z.boolean(),
      contentType: z.string(),
      attachments: z.array(z.object({ name: z.string() })),
    }),
  ),
})
export type DeskTicket = z.infer<typeof ticketSchema>

/** The parts of the Desk double's state that tests look at. */
export const deskViewSchema = z.object({
  contacts: z.array(
    z.object({
      id: z.string(),
      orgId: z.string(),
      lastName: z.string(),
      firstName: z.string().nullable(),
      phone: z.string().nullable(),
      mobile: z.string().nullable(),
    }),
  ),
  tickets: z.array(ticketSchema),
  portals: z.array(z.object({ orgId: z.string(), credits: z.object({ used: z.number() }) })),
})
export type DeskView = z.infer<typeof deskViewSchema>

/** Everything a ticket says: its description and its comments, in their order. */
export function ticketTexts(ticket: DeskTicket): string[] {
  return [ticket.description ?? '', ...ticket.comments.map((comment) => comment.content)]
}

/** How often a text stands in a ticket. */
export function countIn(ticket: DeskTicket, text: string): number {
  return ticketTexts(ticket).reduce((sum, body) => sum + body.split(text).length - 1, 0)
}

/** The contacts of Desk that have this phone number, whatever its spelling. */
export function contactsOf(desk: DeskView, digits: string): DeskView['contacts'] {
  return desk.contacts.filter((contact) =>
    [contact.phone, contact.mobile].some((phone) => phone?.replaceAll(/\D/g, '').endsWith(digits) === true),
  )
}

/** The parts of the Meta double's state that tests look at. */
export const metaViewSchema = z.object({
  messages: z.array(
    z.object({
      id: z.string(),
      direction: z.enum(['in', 'out']),
      phoneNumberId: z.string(),
      customerId: z.string(),
      type: z.string(),
      status: z.string(),
      content: z.object({ text: z.object({ body: z.string() }).optional() }),
      /** What the business wrote in `to` or `recipient`. */
      input: z.string().optional(),
      callbackData: z.string().optional(),
    }),
  ),
})
export type MetaView = z.infer<typeof metaViewSchema>
