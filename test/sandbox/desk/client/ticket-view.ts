import type { BootData, CommentItem, FileLink, TicketPage } from '../pages/page-data.ts'
import { button, h, listening, select } from './dom.ts'
import { statusBadge } from './list-view.ts'
import { richText } from './rich-text.ts'
import type { Word } from './words.ts'

export type TicketViewParts = {
  boot: BootData
  orgId: string
  locale: string
  word: (word: Word) => string
  /** Runs one of the double's ticket actions on the ticket shown. */
  act: (action: string, body: object) => void
  addComment: (content: string, isPublic: boolean) => void
}

/**
 * The ticket page's left side: header, conversation and comment box. `show` draws anew what is another than before, and only that: a
 * button stays under the hand that presses it while comments come in.
 */
export class TicketView {
  readonly element: HTMLElement
  readonly #parts: TicketViewParts
  readonly #header = h('header', { class: 'ticket-header' })
  readonly #conversation = h('section', { class: 'conversation', 'data-testid': 'conversation' })
  readonly #box: HTMLTextAreaElement
  #shownId: string | undefined
  #drawnHeader = ''
  #drawnConversation = ''

  constructor(parts: TicketViewParts) {
    this.#parts = parts
    this.#box = h('textarea', {
      rows: '3',
      maxlength: '32000',
      'data-testid': 'comment-box',
      'aria-label': parts.word('commentHint'),
    })
    this.element = h('main', { class: 'ticket' }, this.#header, this.#conversation, this.#commentForm())
  }

  show(ticket: TicketPage): void {
    const { description, comments, files, sdk: _sdk, commentCount: _count, modifiedTime: _time, ...facts } = ticket
    const header = JSON.stringify(facts)
    if (header !== this.#drawnHeader) this.#drawHeader(ticket)
    this.#drawnHeader = header
    const conversation = JSON.stringify([facts.id, facts.contact, description, comments, files])
    if (conversation !== this.#drawnConversation) this.#drawConversation(ticket)
    this.#drawnConversation = conversation
    this.#shownId = ticket.id
  }

  #drawHeader(ticket: TicketPage): void {
    const isMenuOpen = this.#header.querySelector('details')?.open === true
    this.#header.replaceChildren(...this.#headerParts(ticket))
    const menu = this.#header.querySelector('details')
    if (menu !== null) menu.open = isMenuOpen && ticket.id === this.#shownId
  }

  #drawConversation(ticket: TicketPage): void {
    // Who reads the end stays at the end; who reads further up is left there.
    const { scrollTop, scrollHeight, clientHeight } = this.#conversation
    const isAtEnd = ticket.id !== this.#shownId || scrollHeight - scrollTop - clientHeight < 40
    const { word } = this.#parts
    this.#conversation.replaceChildren(
      h(
        'article',
        { class: 'entry', 'data-testid': 'description' },
        h('p', { class: 'meta' }, `${ticket.contact} · ${this.#time(ticket.createdTime)} · ${word('description')}`),
        h('div', { class: 'text', dir: 'auto' }, ...richText(ticket.description)),
        this.#files(ticket.files),
      ),
      ...ticket.comments.map((comment) => this.#comment(comment)),
    )
    if (isAtEnd) requestAnimationFrame(() => this.#conversation.scrollTo(0, this.#conversation.scrollHeight))
  }

  showGone(): void {
    this.#drawnHeader = ''
    this.#drawnConversation = ''
    this.#header.replaceChildren(this.#backLink())
    this.#conversation.replaceChildren(
      h('p', { class: 'empty', 'data-testid': 'ticket-gone' }, this.#parts.word('gone')),
    )
  }

  fillComment(text: string, isReplaced: boolean): void {
    this.#box.value = isReplaced ? text : `${this.#box.value}${text}`
  }

  #headerParts(ticket: TicketPage): HTMLElement[] {
    const { word } = this.#parts
    return [
      this.#backLink(),
      h('h1', { 'data-testid': 'ticket-subject', dir: 'auto' }, `#${ticket.ticketNumber} ${ticket.subject}`),
      h(
        'p',
        { class: 'meta' },
        statusBadge(ticket, word),
        h('span', { 'data-testid': 'ticket-contact', dir: 'auto' }, ticket.contact),
        ...ticket.contactLines.map((line) => h('span', { dir: 'ltr' }, line)),
        h('span', { 'data-testid': 'ticket-department' }, ticket.department),
        h('span', { 'data-testid': 'ticket-channel' }, ticket.channel ?? ''),
      ),
      ticket.isTrashed ? this.#binButtons() : this.#buttons(ticket),
    ]
  }

  #buttons(ticket: TicketPage): HTMLElement {
    const { word, act } = this.#parts
    const statuses: [string, Word][] = [
      ['Open', 'open'],
      ['On Hold', 'onHold'],
      ['Closed', 'closed'],
    ]
    return h(
      'div',
      { class: 'buttons' },
      ...statuses.map(([status, label]) => {
        const testId = `status-${status.replace(' ', '-').toLowerCase()}`
        const element = button(word(label), testId, () => act('status', { status }))
        element.disabled = ticket.status === status
        return element
      }),
      h('details', { class: 'menu', 'data-testid': 'ticket-menu' }, h('summary', {}, word('more')), this.#menu(ticket)),
    )
  }

  #menu(ticket: TicketPage): HTMLElement {
    const { word, act, boot, orgId } = this.#parts
    const departments = boot.departments.filter((department) => department.orgId === orgId)
    const agents = boot.agents.filter((agent) => agent.orgId === orgId)
    const other = h('input', {
      size: '20',
      'data-testid': 'merge-id',
      'aria-label': word('mergeWith'),
      placeholder: 'id',
    })
    return h(
      'div',
      {},
      select(
        {
          label: word('move'),
          testId: 'move-department',
          value: ticket.departmentId,
          choices: departments.map(({ id, name }) => ({ value: id, label: name })),
        },
        (departmentId) => act('move', { departmentId }),
      ),
      select(
        {
          label: word('assignee'),
          testId: 'assignee',
          value: ticket.assigneeId ?? '',
          choices: [
            { value: '', label: word('unassigned') },
            ...agents.map(({ id, name }) => ({ value: id, label: name })),
          ],
        },
        (agentId) => act('assign', { agentId }),
      ),
      button(ticket.isSpam ? word('notSpam') : word('spam'), 'spam', () => act('spam', { isSpam: !ticket.isSpam })),
      button(word('trash'), 'trash', () => act('trash', {})),
      h(
        'span',
        { class: 'row' },
        other,
        button(word('merge'), 'merge', () => act('merge', { otherId: other.value.trim() })),
      ),
    )
  }

  #binButtons(): HTMLElement {
    const { word, act } = this.#parts
    return h(
      'div',
      { class: 'buttons' },
      button(word('restore'), 'restore', () => act('restore', {})),
      button(word('remove'), 'delete', () => act('delete', {})),
    )
  }

  #comment(comment: CommentItem): HTMLElement {
    const { word } = this.#parts
    const visibility = comment.isPublic ? word('public') : word('private')
    const edited = comment.isEdited ? ` · ${word('edited')}` : ''
    return h(
      'article',
      {
        class: comment.isPublic ? 'entry public' : 'entry private',
        'data-testid': 'comment',
        'data-comment-id': comment.id,
        'data-public': String(comment.isPublic),
      },
      h('p', { class: 'meta' }, `${comment.author} · ${this.#time(comment.time)}${edited} · ${visibility}`),
      typeof comment.content === 'string'
        ? h('div', { class: 'text plain', dir: 'auto', 'data-testid': 'comment-text' }, comment.content)
        : h('div', { class: 'text', dir: 'auto', 'data-testid': 'comment-text' }, ...richText(comment.content)),
      this.#files(comment.files),
    )
  }

  #files(files: readonly FileLink[]): HTMLElement | null {
    if (files.length === 0) return null
    const links = files.map((file) =>
      h(
        'li',
        {},
        h(
          'a',
          { href: file.href, download: file.name, 'data-testid': 'attachment' },
          `📎 ${file.name} (${sizeText(file.size)})`,
        ),
      ),
    )
    return h('ul', { class: 'files', 'aria-label': this.#parts.word('attachments') }, ...links)
  }

  #commentForm(): HTMLElement {
    const { word, addComment } = this.#parts
    const isPublic = h('input', { type: 'checkbox', 'data-testid': 'comment-public' })
    const form = h(
      'form',
      { class: 'comment-form' },
      this.#box,
      h(
        'p',
        { class: 'buttons' },
        h('button', { class: 'primary', 'data-testid': 'comment-add' }, word('addComment')),
        h('label', { class: 'row' }, isPublic, word('publicComment')),
      ),
    )
    return listening(form, {
      submit: (event) => {
        event.preventDefault()
        if (this.#box.value.trim() === '') return
        addComment(this.#box.value, isPublic.checked)
        this.#box.value = ''
      },
    })
  }

  #backLink(): HTMLElement {
    return h('a', { href: '#', class: 'back', 'data-testid': 'back' }, `‹ ${this.#parts.word('back')}`)
  }

  #time(iso: string): string {
    const locale = this.#parts.locale === 'ja' ? 'ja' : 'en'
    return new Date(iso).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' })
  }
}

function sizeText(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${Math.ceil(bytes / 1024)} KB`
}
