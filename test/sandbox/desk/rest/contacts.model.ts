import { findAgent, findContact } from '../context.ts'
import type { DeskContext } from '../context.ts'
import { invalidData, invalidField, notFound } from '../errors.ts'
import { CONTACT_TEXT_FIELDS, isContactTextField, newContact, newId } from '../state.ts'
import type { Agent, Contact, Portal } from '../state.ts'
import { checkCustomFields } from './custom-fields.ts'
import type { Fields, Rules } from './input.ts'
import { only, without } from './views.ts'
import type { View } from './views.ts'

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

const CONTACT_TEXT_NAMES = Object.keys(CONTACT_TEXT_FIELDS).filter(isContactTextField)

const LISTED_FIELDS =
  'id lastName firstName email secondaryEmail phone mobile accountId ownerId type photoURL webUrl createdTime isSpam isAnonymous isEndUser accountCount zohoCRMContact customerHappiness'.split(
    ' ',
  )
const NOT_SEARCHED_FIELDS = ['isSpam', 'isTrashed', 'isDeleted', 'isFollowing', 'isAnonymous', 'accountCount']

export const CONTACT_RULES: Rules = {
  ...Object.fromEntries(
    CONTACT_TEXT_NAMES.map((name) => [
      name,
      {
        kind: 'text',
        max: CONTACT_TEXT_FIELDS[name],
        ...(name === 'email' || name === 'secondaryEmail' ? { pattern: EMAIL } : {}),
      },
    ]),
  ),
  accountId: { kind: 'id' },
  ownerId: { kind: 'id' },
  cf: { kind: 'object' },
  customFields: { kind: 'object' },
}

/** Makes a contact of checked fields; an e-mail address that another contact has is a duplicate. */
export function createContact(desk: DeskContext, portal: Portal, fields: Fields, agentId: string): Contact {
  checkContact(desk, portal, fields, null)
  const contact = newContact(newId(desk.state), { lastName: fields.text('lastName') ?? '' }, agentId, desk.clock.iso())
  desk.contactIndex.note(contact.id, null)
  apply(contact, fields)
  portal.contacts[contact.id] = contact
  return contact
}

export function updateContact(desk: DeskContext, portal: Portal, contact: Contact, fields: Fields): void {
  checkContact(desk, portal, fields, contact.id)
  if (fields.has('lastName') && fields.text('lastName') === null) {
    throw invalidData([{ fieldName: '/lastName', errorType: 'missing' }])
  }
  desk.contactIndex.note(contact.id, contact)
  apply(contact, fields)
  contact.modifiedTime = desk.clock.iso()
}

/** Throws URL_NOT_FOUND when there is no such contact. */
export function needContact(portal: Portal, id: string): Contact {
  const contact = findContact(portal, id)
  if (contact === undefined) throw notFound()
  return contact
}

export function contactWithEmail(portal: Portal, email: string): Contact | undefined {
  return Object.values(portal.contacts).find(
    (contact) => !contact.isTrashed && contact.email?.toLowerCase() === email.toLowerCase(),
  )
}

export function contactView(desk: DeskContext, portal: Portal, contact: Contact): View {
  return {
    ...contact,
    customFields: {},
    accountCount: '0',
    layoutId: '1800000000750',
    photoURL: null,
    webUrl: `${desk.origin}/support/${portal.portalName}/ShowHomePage.do#Contacts/dv/${contact.id}`,
    isAnonymous: false,
    isDeleted: false,
    isEndUser: false,
    isFollowing: false,
    zohoCRMContact: null,
    customerHappiness: { badPercentage: '0', okPercentage: '0', goodPercentage: '0' },
  }
}

/** The shorter item of `GET /contacts`. */
export function listedContactView(desk: DeskContext, portal: Portal, contact: Contact): View {
  return only(contactView(desk, portal, contact), LISTED_FIELDS)
}

/** The item of `GET /contacts/search`: it does not say whether the contact is spam or in the recycle bin. */
export function searchedContactView(desk: DeskContext, portal: Portal, contact: Contact): View {
  const owner = findAgent(portal, contact.ownerId)
  const view = without(contactView(desk, portal, contact), NOT_SEARCHED_FIELDS)
  return { ...view, owner: owner === undefined ? null : ownerPart(owner), account: null }
}

function ownerPart({ id, zuid, firstName, lastName, email }: Agent): View {
  return { id, zuid, firstName, lastName, emailId: email, photoURL: null }
}

function checkContact(desk: DeskContext, portal: Portal, fields: Fields, ownId: string | null): void {
  const email = fields.text('email')
  const twin = typeof email === 'string' ? contactWithEmail(portal, email) : undefined
  if (twin !== undefined && twin.id !== ownId) {
    throw invalidData([{ fieldName: '/email', errorType: 'duplicate' }])
  }
  const ownerId = fields.text('ownerId')
  if (typeof ownerId === 'string' && findAgent(portal, ownerId) === undefined) throw invalidField('ownerId')
  // No accounts exist here, so none can be named.
  if (typeof fields.text('accountId') === 'string') throw invalidField('accountId')
  checkCustomFields(fields.object('cf'), desk.state.settings)
}

function apply(contact: Contact, fields: Fields): void {
  for (const name of CONTACT_TEXT_NAMES) {
    const value = fields.text(name)
    if (value === undefined) continue
    if (name === 'lastName') contact.lastName = value ?? contact.lastName
    else contact[name] = value
  }
  const ownerId = fields.text('ownerId')
  if (ownerId !== undefined) contact.ownerId = ownerId
  contact.cf = { ...contact.cf, ...fields.object('cf') }
}
