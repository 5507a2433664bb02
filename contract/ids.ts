import { z } from 'zod'

/** Desk's portal id: digits as a string, up to 19 of them. */
export const portalIdSchema = z
  .string()
  .regex(/^\d{1,20}$/)
  .brand<'PortalId'>()
export type PortalId = z.infer<typeof portalIdSchema>

/** Desk's ids are strings of digits beyond what a JavaScript number holds. */
const deskId = z.string().regex(/^\d{1,20}$/)
export const ticketIdSchema = deskId.brand<'TicketId'>()
export type TicketId = z.infer<typeof ticketIdSchema>
export const departmentIdSchema = deskId.brand<'DepartmentId'>()
export type DepartmentId = z.infer<typeof departmentIdSchema>
export const agentIdSchema = deskId.brand<'AgentId'>()
export type AgentId = z.infer<typeof agentIdSchema>

/** Meta's id of a business phone number. */
export const phoneNumberIdSchema = z
  .string()
  .regex(/^\d{1,32}$/)
  .brand<'PhoneNumberId'>()
export type PhoneNumberId = z.infer<typeof phoneNumberIdSchema>

export const orgIdSchema = z
  .string()
  .regex(/^org_[a-z0-9]{12,40}$/)
  .brand<'OrgId'>()
export type OrgId = z.infer<typeof orgIdSchema>
export const conversationIdSchema = z
  .string()
  .regex(/^cv_[a-z0-9]{12,40}$/)
  .brand<'ConversationId'>()
export type ConversationId = z.infer<typeof conversationIdSchema>
export const contactIdSchema = z
  .string()
  .regex(/^ct_[a-z0-9]{12,40}$/)
  .brand<'ContactId'>()
export type ContactId = z.infer<typeof contactIdSchema>

/** `m` and the message's place in the order of arrival of its shard. */
export const messageIdSchema = z
  .string()
  .regex(/^m\d{1,16}$/)
  .brand<'MessageId'>()
export type MessageId = z.infer<typeof messageIdSchema>

/** Made by the widget for each intent to send; the same id twice is one message. */
export const clientIdSchema = z
  .string()
  .min(8)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/)
  .brand<'ClientId'>()
export type ClientId = z.infer<typeof clientIdSchema>

/** ISO 8601 in UTC with milliseconds. */
export const instantSchema = z.iso.datetime()
