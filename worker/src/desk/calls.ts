import type { z } from 'zod'
import {
  agentSchema,
  commentSchema,
  contactSchema,
  departmentSchema,
  listSchema,
  organizationSchema,
  ticketSchema,
  uploadSchema,
} from './desk.schemas.ts'
import type {
  ContactSearch,
  DeskAgent,
  DeskComment,
  DeskContact,
  DeskDepartment,
  DeskFile,
  DeskOrganization,
  DeskTicket,
  NewComment,
  NewContact,
  NewTicket,
} from './desk.types.ts'

/** One call of the REST API as data: what is asked, what it costs, how its answer is read. Paths are below `/api/v1`. */
export type DeskCall<Value> = {
  method: 'GET' | 'POST' | 'PATCH'
  path: string
  query?: Record<string, string>
  json?: unknown
  file?: DeskFile
  /** By Zoho's price list: single records 1, lists and searches 3. */
  credits: number
  timeoutMs: number
  answer: z.ZodType<Value>
}

const QUICK_MS = 15_000
/** Shorter than a lease lives, so that a call never outlasts its permit. */
const UPLOAD_MS = 50_000

const single = { credits: 1, timeoutMs: QUICK_MS }
const list = { credits: 3, timeoutMs: QUICK_MS }

export const deskCalls = {
  getTicket: (ticketId: string): DeskCall<DeskTicket> => ({
    ...single,
    method: 'GET',
    path: `/tickets/${ticketId}`,
    answer: ticketSchema,
  }),

  createTicket: ({ phone, ...ticket }: NewTicket): DeskCall<DeskTicket> => ({
    ...single,
    method: 'POST',
    path: '/tickets',
    json: { ...ticket, channel: 'WhatsApp', status: 'Open', ...(phone === null ? {} : { phone }) },
    answer: ticketSchema,
  }),

  updateTicketStatus: (ticketId: string, status: string): DeskCall<DeskTicket> => ({
    ...single,
    method: 'PATCH',
    path: `/tickets/${ticketId}`,
    json: { status },
    answer: ticketSchema,
  }),

  listContactTickets: (contactId: string, sortBy: string, limit: number): DeskCall<DeskTicket[]> => ({
    ...list,
    method: 'GET',
    path: `/contacts/${contactId}/tickets`,
    query: { sortBy: `-${sortBy}`, limit: String(limit) },
    answer: listSchema(ticketSchema),
  }),

  listComments: (ticketId: string, limit: number): DeskCall<DeskComment[]> => ({
    ...list,
    method: 'GET',
    path: `/tickets/${ticketId}/comments`,
    query: { sortBy: '-commentedTime', limit: String(limit) },
    answer: listSchema(commentSchema),
  }),

  createComment: (ticketId: string, comment: NewComment): DeskCall<DeskComment> => ({
    ...single,
    method: 'POST',
    path: `/tickets/${ticketId}/comments`,
    json: {
      content: comment.content,
      contentType: 'plainText',
      isPublic: comment.isPublic,
      ...(comment.attachmentIds.length === 0 ? {} : { attachmentIds: comment.attachmentIds }),
    },
    answer: commentSchema,
  }),

  upload: (file: DeskFile): DeskCall<{ id: string }> => ({
    credits: 1,
    timeoutMs: UPLOAD_MS,
    method: 'POST',
    path: '/uploads',
    file,
    answer: uploadSchema,
  }),

  searchContacts: (search: ContactSearch): DeskCall<DeskContact[]> => ({
    ...list,
    method: 'GET',
    path: '/contacts/search',
    query: {
      ...(search.field === 'lastName' ? { lastName: search.value } : { [search.field]: search.values.join(',') }),
      sortBy: '-createdTime',
      limit: '50',
    },
    answer: listSchema(contactSchema).transform((contacts) => contacts.filter((contact) => !contact.isTrashed)),
  }),

  getContact: (contactId: string): DeskCall<DeskContact> => ({
    ...single,
    method: 'GET',
    path: `/contacts/${contactId}`,
    answer: contactSchema,
  }),

  createContact: ({ mobile, ...contact }: NewContact): DeskCall<DeskContact> => ({
    ...single,
    method: 'POST',
    path: '/contacts',
    json: { ...contact, ...(mobile === null ? {} : { mobile }) },
    answer: contactSchema,
  }),

  getAgent: (agentId: string): DeskCall<DeskAgent> => ({
    ...single,
    method: 'GET',
    path: `/agents/${agentId}`,
    answer: agentSchema,
  }),

  /** Whoever the access token belongs to, as an agent of the portal in `orgId`. */
  getMyInfo: (): DeskCall<DeskAgent> => ({ ...single, method: 'GET', path: '/myinfo', answer: agentSchema }),

  /** One page of those who may work, by place in the list from 0. */
  listAgents: (from: number): DeskCall<DeskAgent[]> => ({
    ...list,
    method: 'GET',
    path: '/agents',
    query: { status: 'ACTIVE', isConfirmed: 'true', from: String(from), limit: '200' },
    answer: listSchema(agentSchema),
  }),

  listDepartments: (): DeskCall<DeskDepartment[]> => ({
    ...list,
    method: 'GET',
    path: '/departments',
    query: { limit: '200' },
    answer: listSchema(departmentSchema),
  }),

  listOrganizations: (): DeskCall<DeskOrganization[]> => ({
    ...list,
    method: 'GET',
    path: '/organizations',
    answer: listSchema(organizationSchema),
  }),
}
