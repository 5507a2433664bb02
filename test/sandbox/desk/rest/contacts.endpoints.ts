import { nameOf } from '../context.ts'
import { forbidden, notFound } from '../errors.ts'
import type { Contact } from '../state.ts'
import {
  CONTACT_RULES,
  contactView,
  createContact,
  listedContactView,
  needContact,
  searchedContactView,
  updateContact,
} from './contacts.model.ts'
import { json, list, noContent, pageOf } from './endpoint.ts'
import type { Call, Endpoint } from './endpoint.ts'
import { readFields } from './input.ts'
import { from, id, limit } from './query.ts'
import type { QueryRules } from './query.ts'
import { fitsField, fitsWords } from './wildcard.ts'

const SEARCH_QUERY: QueryRules = {
  _all: { kind: 'text', min: 3, max: 100 },
  id,
  fullName: { kind: 'text', max: 200 },
  firstName: { kind: 'text', max: 40 },
  lastName: { kind: 'text', max: 200 },
  accountName: { kind: 'text', max: 200 },
  email: { kind: 'list', max: 30 },
  phone: { kind: 'list', max: 30 },
  mobile: { kind: 'list', max: 30 },
  createdTimeRange: { kind: 'range' },
  modifiedTimeRange: { kind: 'range' },
  sortBy: { kind: 'sort', fields: ['relevance', 'modifiedTime', 'createdTime', 'lastName', 'firstName'] },
  limit: limit(100),
  from: from(999),
}

/** Contacts: create, read, change, list, search, trash. */
export const contactEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/contacts/search',
    scopes: ['Desk.contacts.READ', 'Desk.search.READ'],
    cost: 'list',
    query: SEARCH_QUERY,
    handle: searchContacts,
  },
  {
    method: 'POST',
    path: '/contacts/moveToTrash',
    scopes: ['Desk.contacts.DELETE'],
    cost: 'delete',
    handle: async (call) => {
      const fields = await readFields(call.c, { contactIds: { kind: 'ids', max: 100 } }, ['contactIds'])
      const contacts = fields.ids('contactIds').map((contactId) => needContact(call.portal, contactId))
      for (const contact of contacts) {
        call.desk.contactIndex.note(contact.id, contact)
        contact.isTrashed = true
      }
      return noContent(call)
    },
  },
  {
    method: 'POST',
    path: '/contacts',
    scopes: ['Desk.contacts.CREATE'],
    cost: 'single',
    handle: async (call) => {
      const fields = await readFields(call.c, CONTACT_RULES, ['lastName'])
      if (call.agent.rolePermissionType === 'Light') throw forbidden()
      const contact = createContact(call.desk, call.portal, fields, call.agent.id)
      return json(call, contactView(call.desk, call.portal, contact))
    },
  },
  {
    method: 'GET',
    path: '/contacts',
    scopes: ['Desk.contacts.READ'],
    cost: 'list',
    query: {
      include: { kind: 'list', oneOf: ['accounts'] },
      viewId: id,
      limit: limit(99),
      from: from(),
      sortBy: {
        kind: 'sort',
        fields: ['firstName', 'lastName', 'phone', 'email', 'account', 'createdTime', 'modifiedTime'],
      },
    },
    handle: (call) => {
      const contacts = sorted(
        call,
        Object.values(call.portal.contacts).filter((contact) => !contact.isTrashed),
      )
      return list(
        call,
        pageOf(call, contacts).map((contact) => listedContactView(call.desk, call.portal, contact)),
      )
    },
  },
  {
    method: 'GET',
    path: '/contacts/:contactId',
    scopes: ['Desk.contacts.READ'],
    cost: 'single',
    query: { include: { kind: 'list', oneOf: ['accounts', 'owner'] } },
    handle: (call) => {
      const contact = call.portal.contacts[call.param('contactId')]
      if (contact === undefined) throw notFound()
      return json(call, contactView(call.desk, call.portal, contact))
    },
  },
  {
    method: 'PATCH',
    path: '/contacts/:contactId',
    scopes: ['Desk.contacts.UPDATE'],
    cost: 'single',
    handle: async (call) => {
      const contact = needContact(call.portal, call.param('contactId'))
      const fields = await readFields(call.c, CONTACT_RULES, [])
      if (call.agent.rolePermissionType === 'Light') throw forbidden()
      updateContact(call.desk, call.portal, contact, fields)
      return json(call, contactView(call.desk, call.portal, contact))
    },
  },
]

function searchContacts(call: Call): Response {
  const indexed = Object.values(call.portal.contacts).flatMap((contact) => call.desk.contactIndex.seen(contact) ?? [])
  const found = sorted(
    call,
    indexed.filter((contact) => !contact.isTrashed && isFound(call, contact)),
  )
  const page = pageOf(call, found).map((contact) => searchedContactView(call.desk, call.portal, contact))
  return list(call, page, { count: String(found.length) })
}

function isFound({ query }: Call, contact: Contact): boolean {
  const anywhere = [contact.firstName, contact.lastName, contact.email, contact.phone, contact.mobile]
  const everywhere = query.text('_all')
  if (everywhere !== undefined && !anywhere.some((value) => fitsWords(everywhere, value))) return false
  if (query.text('accountName') !== undefined) return false
  for (const name of ['email', 'phone', 'mobile'] as const) {
    const wanted = query.list(name)
    if (wanted.length > 0 && !wanted.some((value) => fitsField(value, contact[name]))) return false
  }
  const texts: [string | undefined, string | null][] = [
    [query.text('fullName'), nameOf(contact)],
    [query.text('firstName'), contact.firstName],
    [query.text('lastName'), contact.lastName],
    [query.text('id'), contact.id],
  ]
  if (texts.some(([wanted, value]) => wanted !== undefined && !fitsWords(wanted, value))) return false
  return (['createdTime', 'modifiedTime'] as const).every((name) => {
    const range = query.range(`${name}Range`)
    const time = Date.parse(contact[name])
    return range === undefined || (time >= range.from && time <= range.to)
  })
}

function sorted(call: Call, contacts: Contact[]): Contact[] {
  const sortBy = call.query.text('sortBy') ?? '-modifiedTime'
  const isDescending = sortBy.startsWith('-')
  const keyOf = (contact: Contact): string => {
    const value = Object.entries(contact).find(([name]) => name === sortBy.replace(/^-/, ''))?.[1]
    return typeof value === 'string' ? value : contact.modifiedTime
  }
  return contacts.toSorted((left, right) => keyOf(left).localeCompare(keyOf(right)) * (isDescending ? -1 : 1))
}
