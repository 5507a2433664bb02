import type { Fault, ImitatedContact, ImitatedTicket, Json } from './desk-imitation.parts.ts'
import { contactOf, list, only, readJson, Refusal, STATUSES, text } from './desk-imitation.parts.ts'

/** Just enough of Desk for the use cases' own tests: strict about what it is sent, and able to lose answers. */
export class DeskImitation {
  readonly departments = ['100', '101']
  readonly contacts: ImitatedContact[] = []
  readonly tickets: ImitatedTicket[] = []
  readonly uploads = new Map<string, { name: string; type: string; text: string; isUsed: boolean }>()
  readonly calls: string[] = []
  credits = 0
  faults: Fault[] = []
  readonly #now: () => number
  readonly #late: Array<{ at: number; work: () => void }> = []
  #lastId = 1_800_000_000_000

  constructor(now: () => number) {
    this.#now = now
  }

  addContact(contact: Partial<ImitatedContact>): ImitatedContact {
    const added = {
      id: this.#id(),
      lastName: 'Known',
      phone: null,
      mobile: null,
      description: null,
      createdTime: this.#iso(),
      ...contact,
    }
    this.contacts.push(added)
    return added
  }

  setStatus(ticketId: string, status: string, at = this.#now()): void {
    const ticket = this.ticket(ticketId)
    ticket.status = status
    ticket.closedTime = status === 'Closed' ? new Date(at).toISOString() : null
  }

  /** The other ticket's comments move over, and it is gone. */
  merge(from: string, into: string): void {
    const [source, target] = [this.ticket(from), this.ticket(into)]
    target.comments.push(...source.comments)
    target.modifiedTime = this.#iso()
    source.comments = []
    source.isGone = true
  }

  ticket(id: string): ImitatedTicket {
    const ticket = this.tickets.find((other) => other.id === id)
    if (ticket === undefined) throw new Error(`no ticket ${id}`)
    return ticket
  }

  /** Everything written about a ticket, in order. */
  textOf(ticket: ImitatedTicket): string {
    return [ticket.description, ...ticket.comments.map((comment) => comment.content)].join('\n====\n')
  }

  /** Does what became late by now. */
  catchUp(): void {
    for (const late of this.#late.splice(0)) {
      if (late.at > this.#now()) this.#late.push(late)
      else late.work()
    }
  }

  readonly handle = (request: Request, url: URL): Promise<Response> | undefined => {
    if (url.origin !== 'https://desk.zoho.com') return undefined
    return this.#answer(request, url)
  }

  async #answer(request: Request, url: URL): Promise<Response> {
    this.catchUp()
    const path = url.pathname.replace('/api/v1', '')
    const name = `${request.method} ${path}`
    this.calls.push(name)
    const isFile = request.headers.get('content-type')?.startsWith('multipart/') ?? false
    const body = isFile ? await request.formData() : await readJson(request)
    const fault = this.faults.find(({ match, count = 1 }) => match.test(name) && count > 0)
    if (fault !== undefined) fault.count = (fault.count ?? 1) - 1
    if (fault?.kind === 'error') {
      return Response.json(
        { errorCode: fault.errorCode },
        { status: fault.status ?? 500, headers: fault.headers ?? {} },
      )
    }
    if (fault?.kind === 'drop') throw new TypeError('Network connection lost.')
    const work = (): Promise<Response> => this.#work(request.method, path, url.searchParams, body)
    if (fault?.kind === 'late') {
      this.#late.push({ at: this.#now() + (fault.lateMs ?? 5_000), work: () => void work() })
      throw new TypeError('Network connection lost.')
    }
    this.credits += request.method === 'GET' && /\/(search|comments|contacts\/\d+\/tickets)$/.test(path) ? 3 : 1
    try {
      const response = await work()
      if (fault?.kind === 'lost') throw new TypeError('Network connection lost.')
      return response
    } catch (error) {
      if (error instanceof Refusal) return error.response
      throw error
    }
  }

  async #work(method: string, path: string, query: URLSearchParams, body: Json | FormData): Promise<Response> {
    const [, ticketId = ''] = /^\/tickets\/(\d+)/.exec(path) ?? []
    if (body instanceof FormData) return this.#upload(body)
    if (method === 'GET' && path === '/contacts/search') return this.#search(query)
    if (method === 'POST' && path === '/contacts') return Response.json(this.addContact(contactOf(body)))
    if (method === 'GET' && /^\/contacts\/\d+$/.test(path))
      return Response.json(this.#contact(path.split('/')[2] ?? ''))
    if (method === 'GET' && /^\/contacts\/\d+\/tickets$/.test(path))
      return this.#listTickets(path.split('/')[2] ?? '', query)
    if (method === 'POST' && path === '/tickets') return Response.json(this.#view(this.#createTicket(body)))
    if (method === 'GET' && path === `/tickets/${ticketId}`) return Response.json(this.#view(this.#existing(ticketId)))
    if (method === 'PATCH' && path === `/tickets/${ticketId}`) return this.#update(ticketId, body)
    if (path === `/tickets/${ticketId}/comments`) {
      return method === 'POST' ? this.#comment(ticketId, body) : list(this.#existing(ticketId).comments.toReversed())
    }
    throw new Refusal(404, 'URL_NOT_FOUND')
  }

  #createTicket(body: Json): ImitatedTicket {
    only(body, ['subject', 'departmentId', 'contactId', 'description', 'channel', 'status', 'phone', 'assigneeId'])
    if (!this.departments.includes(text(body, 'departmentId'))) throw new Refusal(422, 'INVALID_DATA', 'departmentId')
    if (!this.contacts.some(({ id }) => id === text(body, 'contactId')))
      throw new Refusal(422, 'INVALID_DATA', 'contactId')
    if (text(body, 'subject').length > 1_000) throw new Refusal(422, 'INVALID_DATA', 'subject')
    if (text(body, 'description').length > 65_535) throw new Refusal(422, 'INVALID_DATA', 'description')
    const ticket: ImitatedTicket = {
      id: this.#id(),
      ticketNumber: String(101 + this.tickets.length),
      subject: text(body, 'subject'),
      description: text(body, 'description'),
      departmentId: text(body, 'departmentId'),
      contactId: text(body, 'contactId'),
      assigneeId: 'assigneeId' in body ? text(body, 'assigneeId') : null,
      status: text(body, 'status'),
      createdTime: this.#iso(),
      modifiedTime: this.#iso(),
      closedTime: null,
      isSpam: false,
      isTrashed: false,
      isGone: false,
      comments: [],
    }
    this.tickets.push(ticket)
    return ticket
  }

  #comment(ticketId: string, body: Json): Response {
    only(body, ['content', 'contentType', 'isPublic', 'attachmentIds'])
    const ticket = this.#existing(ticketId)
    if (ticket.isTrashed) throw new Refusal(422, 'UNPROCESSABLE_ENTITY')
    const content = text(body, 'content')
    if (content.length > 32_000 || body.contentType !== 'plainText') throw new Refusal(422, 'INVALID_DATA', 'content')
    if (!content.isWellFormed()) throw new Refusal(400, 'BAD_REQUEST')
    const attachmentIds = Array.isArray(body.attachmentIds) ? body.attachmentIds.map(String) : []
    for (const id of attachmentIds) {
      const upload = this.uploads.get(id)
      if (upload === undefined || upload.isUsed) throw new Refusal(422, 'INVALID_DATA', 'attachmentIds')
      upload.isUsed = true
    }
    const comment = {
      id: this.#id(),
      content,
      isPublic: body.isPublic === true,
      attachmentIds,
      commentedTime: this.#iso(),
    }
    ticket.comments.push(comment)
    ticket.modifiedTime = this.#iso()
    return Response.json(comment)
  }

  #update(ticketId: string, body: Json): Response {
    only(body, ['status'])
    const ticket = this.#existing(ticketId)
    if (ticket.isTrashed || STATUSES[text(body, 'status')] === undefined)
      throw new Refusal(422, 'INVALID_DATA', 'status')
    this.setStatus(ticketId, text(body, 'status'))
    return Response.json(this.#view(ticket))
  }

  async #upload(form: FormData): Promise<Response> {
    const file = form.get('file')
    if (!(file instanceof File)) throw new Refusal(422, 'INVALID_DATA', 'file')
    if (file.name.endsWith('.exe')) throw new Refusal(422, 'INVALID_DATA', 'file')
    const id = this.#id()
    this.uploads.set(id, { name: file.name, type: file.type, text: await file.text(), isUsed: false })
    return Response.json({ id, name: file.name, size: String(file.size) })
  }

  #search(query: URLSearchParams): Response {
    const found = this.contacts.filter((contact) =>
      (['phone', 'mobile', 'lastName'] as const).every((field) => {
        const wanted = query.get(field)
        return wanted === null || wanted.split(',').includes(contact[field] ?? '')
      }),
    )
    return list(found)
  }

  #listTickets(contactId: string, query: URLSearchParams): Response {
    const key = query.get('sortBy') === '-modifiedTime' ? 'modifiedTime' : 'createdTime'
    const mine = this.tickets.filter((ticket) => ticket.contactId === contactId && !ticket.isGone && !ticket.isTrashed)
    return list(
      mine
        .toSorted((a, b) => b[key].localeCompare(a[key]))
        .map((ticket) => ({ ...this.#view(ticket), description: undefined })),
    )
  }

  #existing(ticketId: string): ImitatedTicket {
    const ticket = this.tickets.find(({ id, isGone }) => id === ticketId && !isGone)
    if (ticket === undefined) throw new Refusal(404, 'URL_NOT_FOUND')
    return ticket
  }

  #contact(contactId: string): ImitatedContact {
    const contact = this.contacts.find(({ id }) => id === contactId)
    if (contact === undefined) throw new Refusal(404, 'URL_NOT_FOUND')
    return contact
  }

  #view({ comments, ...ticket }: ImitatedTicket): Json {
    return { ...ticket, statusType: STATUSES[ticket.status] ?? 'Open', commentCount: String(comments.length) }
  }

  #id(): string {
    this.#lastId += 1
    return String(this.#lastId)
  }

  #iso(): string {
    return new Date(this.#now()).toISOString()
  }
}
