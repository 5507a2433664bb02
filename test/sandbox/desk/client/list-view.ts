import type { BootData, TicketRow } from '../pages/page-data.ts'
import type { DeskApi } from './api.ts'
import { showFailure } from './dialogs.ts'
import { button, h, listening, select } from './dom.ts'
import type { Word } from './words.ts'

type ListParts = {
  rows: readonly TicketRow[]
  boot: BootData
  orgId: string
  api: DeskApi
  word: (word: Word) => string
}

/** The ticket list, newest change first. */
export function listView(parts: ListParts): HTMLElement {
  const { rows, word } = parts
  const heading = h(
    'div',
    { class: 'heading' },
    h('h1', {}, word('tickets')),
    button(word('newTicket'), 'new-ticket', () => openNewTicket(parts), 'primary'),
  )
  if (rows.length === 0) {
    return h(
      'main',
      { class: 'list' },
      heading,
      h('p', { class: 'empty', 'data-testid': 'no-tickets' }, word('noTickets')),
    )
  }
  const columns: Word[] = ['number', 'subject', 'contact', 'status', 'department', 'channel']
  return h(
    'main',
    { class: 'list' },
    heading,
    h(
      'table',
      { 'data-testid': 'ticket-list' },
      h('thead', {}, h('tr', {}, ...columns.map((column) => h('th', { scope: 'col' }, word(column))))),
      h('tbody', {}, ...rows.map((row) => ticketRow(row, word))),
    ),
  )
}

export function statusBadge(ticket: TicketRow, word: (word: Word) => string): HTMLElement {
  const marks = [ticket.status, ticket.isSpam ? word('isSpam') : '', ticket.isTrashed ? word('inBin') : '']
  const kind = ticket.statusType.replace(' ', '').toLowerCase()
  return h(
    'span',
    { class: `badge ${kind}`, 'data-testid': 'ticket-status' },
    marks.filter((mark) => mark !== '').join(' · '),
  )
}

async function createTicket(api: DeskApi, fields: object): Promise<void> {
  try {
    const { id } = await api.act('create', fields)
    location.hash = `#ticket/${String(id)}`
  } catch (error) {
    showFailure(error)
  }
}

function ticketRow(row: TicketRow, word: (word: Word) => string): HTMLElement {
  return h(
    'tr',
    { 'data-testid': 'ticket-row', 'data-ticket-id': row.id },
    h('td', {}, `#${row.ticketNumber}`),
    h(
      'td',
      { class: 'subject' },
      h('a', { href: `#ticket/${row.id}`, 'data-testid': 'ticket-link', dir: 'auto' }, row.subject),
    ),
    h('td', { dir: 'auto' }, row.contact),
    h('td', {}, statusBadge(row, word)),
    h('td', {}, row.department),
    h('td', {}, row.channel ?? ''),
  )
}

function openNewTicket({ boot, orgId, api, word }: ListParts): void {
  const mine = (items: BootData['contacts']) =>
    items.filter((item) => item.orgId === orgId).map(({ id, name }) => ({ value: id, label: name }))
  const contacts = mine(boot.contacts)
  const departments = mine(boot.departments)
  const chosen = { contactId: contacts[0]?.value ?? '', departmentId: departments[0]?.value ?? '' }
  const subject = h('input', { required: true, maxlength: '1000', 'data-testid': 'new-ticket-subject' })
  const dialog = h('dialog', { class: 'popup', 'data-testid': 'new-ticket-dialog' })
  const form = h(
    'form',
    { method: 'dialog' },
    h('h2', {}, word('newTicket')),
    h('label', {}, h('span', {}, word('subject')), subject),
    select(
      { label: word('contact'), testId: 'new-ticket-contact', value: chosen.contactId, choices: contacts },
      (value) => {
        chosen.contactId = value
      },
    ),
    select(
      { label: word('department'), testId: 'new-ticket-department', value: chosen.departmentId, choices: departments },
      (value) => {
        chosen.departmentId = value
      },
    ),
    h(
      'p',
      { class: 'buttons' },
      h('button', { class: 'primary', 'data-testid': 'new-ticket-create' }, word('create')),
      button(word('cancel'), 'new-ticket-cancel', () => dialog.remove()),
    ),
  )
  listening(form, {
    submit: (event) => {
      event.preventDefault()
      dialog.remove()
      void createTicket(api, { subject: subject.value, ...chosen })
    },
  })
  dialog.append(form)
  document.body.append(dialog)
  dialog.showModal()
}
