import { z } from 'zod'
import type { DeskAgent, DeskComment, DeskContact, DeskDepartment, DeskOrganization, DeskTicket } from './desk.types.ts'

/** Desk's ids are strings; older answers have numbers. */
const id = z.union([z.string(), z.number()]).transform(String)
const text = z
  .union([z.string(), z.number()])
  .transform(String)
  .nullish()
  .transform((value) => value ?? null)
/** Booleans may come as strings. */
const flag = z
  .union([z.boolean(), z.string()])
  .nullish()
  .transform((value) => value === true || value === 'true')
const knownFlag = z
  .union([z.boolean(), z.string()])
  .nullish()
  .transform((value) => (value === undefined || value === null ? null : value === true || value === 'true'))
/** ISO 8601, or epoch milliseconds in some answers; what is no time is none. */
const time = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => {
    if (value === null || value === undefined || value === '') return null
    const at = typeof value === 'number' || /^\d{12,14}$/.test(value) ? Number(value) : Date.parse(value)
    return Number.isFinite(at) ? at : null
  })

/** The three types of statuses an administrator may name as he likes. An unknown one counts as open. */
function statusTypeOf(statusType: string | null, status: string | null): DeskTicket['statusType'] {
  const name = (statusType ?? status ?? '').toLowerCase().replaceAll(/[^a-z]/g, '')
  if (name === 'closed') return 'closed'
  return name === 'onhold' ? 'on_hold' : 'open'
}

export const ticketSchema = z
  .looseObject({
    id,
    ticketNumber: id,
    subject: text,
    description: text,
    departmentId: id,
    contactId: text,
    status: text,
    statusType: text,
    isSpam: flag,
    isTrashed: flag,
    isDeleted: flag,
    isArchived: flag,
    createdTime: time,
    closedTime: time,
  })
  .transform((ticket): DeskTicket => ({
    id: ticket.id,
    ticketNumber: ticket.ticketNumber,
    subject: ticket.subject,
    description: ticket.description,
    departmentId: ticket.departmentId,
    contactId: ticket.contactId,
    statusType: statusTypeOf(ticket.statusType, ticket.status),
    isSpam: ticket.isSpam,
    isTrashed: ticket.isTrashed || ticket.isDeleted,
    isArchived: ticket.isArchived,
    createdAt: ticket.createdTime,
    closedAt: ticket.closedTime,
  }))

export const commentSchema = z
  .looseObject({ id, content: text, commentedTime: time })
  .transform((comment): DeskComment => ({
    id: comment.id,
    content: comment.content ?? '',
    commentedAt: comment.commentedTime,
  }))

export const contactSchema = z
  .looseObject({
    id,
    firstName: text,
    lastName: text,
    phone: text,
    mobile: text,
    description: z.string().nullish(),
    isTrashed: flag,
    isDeleted: flag,
    isSpam: flag,
    createdTime: time,
  })
  .transform((contact): DeskContact => ({
    id: contact.id,
    firstName: contact.firstName,
    lastName: contact.lastName,
    phone: contact.phone,
    mobile: contact.mobile,
    description: contact.description,
    isTrashed: contact.isTrashed || contact.isDeleted,
    isSpam: contact.isSpam,
    createdAt: contact.createdTime,
  }))

export const uploadSchema = z.looseObject({ id }).transform((upload) => ({ id: upload.id }))

export const agentSchema = z
  .looseObject({
    id,
    name: text,
    firstName: text,
    lastName: text,
    status: text,
    isConfirmed: flag,
    rolePermissionType: text,
    associatedDepartmentIds: z.array(id).nullish(),
  })
  .transform((agent): DeskAgent => ({
    id: agent.id,
    name: agent.name ?? [agent.firstName, agent.lastName].filter((part) => part !== null).join(' '),
    status: agent.status ?? '',
    isConfirmed: agent.isConfirmed,
    rolePermissionType: agent.rolePermissionType ?? '',
    departmentIds: agent.associatedDepartmentIds ?? [],
  }))

export const departmentSchema = z
  .looseObject({ id, name: text, isEnabled: flag })
  .transform((department): DeskDepartment => ({
    id: department.id,
    name: department.name ?? '',
    isEnabled: department.isEnabled,
  }))

export const organizationSchema = z
  .looseObject({ id, companyName: text, portalName: text, edition: text, isAdminInOrg: knownFlag })
  .transform((organization): DeskOrganization => ({
    id: organization.id,
    companyName: organization.companyName,
    portalName: organization.portalName,
    edition: organization.edition,
    isAdmin: organization.isAdminInOrg,
  }))

/** A list's items; an empty list is 204 without a body. */
export function listSchema<Schema extends z.ZodType>(item: Schema) {
  return z
    .looseObject({ data: z.array(item).nullish() })
    .optional()
    .transform((list) => list?.data ?? [])
}

export const errorSchema = z
  .looseObject({
    errorCode: text,
    message: text,
    errors: z.array(z.looseObject({ fieldName: text, errorType: text })).nullish(),
  })
  .catch({ errorCode: null, message: null, errors: null })
