/** The parts of the Desk double's state that tests look at. */
export type DeskTicket = {
  id: string
  orgId: string
  ticketNumber: string
  subject: string
  description: string | null
  status: string
  statusType: string
  channel: string | null
  contactId: string
  departmentId: string
  comments: Array<{
    id: string
    content: string
    isPublic: boolean
    contentType: string
    attachments: Array<{ name: string }>
  }>
}
export type DeskView = {
  contacts: Array<{
    id: string
    orgId: string
    lastName: string
    firstName: string | null
    phone: string | null
    mobile: string | null
  }>
  tickets: DeskTicket[]
  portals: Array<{ orgId: string; credits: { used: number } }>
}

/** Everything a ticket says: its description and its comments, in their order. */
export function ticketTexts(ticket: DeskTicket): string[] {
  return [ticket.description ?? '', ...ticket.comments.map((comment) => comment.content)]
}

/** How often a text stands in a ticket. */
export function countIn(ticket: DeskTicket, text: string): number {
  return ticketTexts(ticket).reduce((sum, body) => sum + body.split(text).length - 1, 0)
}

/** The parts of the Meta double's state that tests look at. */
export type MetaView = {
  messages: Array<{
    id: string
    direction: 'in' | 'out'
    phoneNumberId: string
    customerId: string
    type: string
    status: string
    content: { text?: { body: string } }
    callbackData?: string
  }>
}
