export type Json = Record<string, unknown>
export type ImitatedComment = {
  id: string
  content: string
  isPublic: boolean
  attachmentIds: string[]
  commentedTime: string
}
export type ImitatedTicket = {
  id: string
  ticketNumber: string
  subject: string
  description: string
  departmentId: string
  contactId: string
  assigneeId: string | null
  status: string
  createdTime: string
  modifiedTime: string
  closedTime: string | null
  isSpam: boolean
  isTrashed: boolean
  /** As if it had never been: deleted for good, or merged into another. */
  isGone: boolean
  comments: ImitatedComment[]
}
export type ImitatedContact = {
  id: string
  lastName: string
  phone: string | null
  mobile: string | null
  description: string | null
  createdTime: string
}

/**
 * `drop`: no work, no answer. `lost`: work, no answer. `late`: no answer, and the work some seconds later. `error`: no work, this answer.
 */
export type Fault = {
  match: RegExp
  kind: 'drop' | 'lost' | 'late' | 'error'
  count?: number
  status?: number
  errorCode?: string
  headers?: Record<string, string>
  lateMs?: number
}

export const STATUSES: Record<string, string> = { Open: 'Open', 'On Hold': 'On Hold', Closed: 'Closed' }

export class Refusal extends Error {
  readonly response: Response
  constructor(status: number, errorCode: string, field?: string) {
    super(errorCode)
    const errors = field === undefined ? {} : { errors: [{ fieldName: `/${field}`, errorType: 'invalid' }] }
    this.response = Response.json({ errorCode, message: 'Refused.', ...errors }, { status })
  }
}

export function list(items: readonly object[]): Response {
  return items.length === 0 ? new Response(null, { status: 204 }) : Response.json({ data: items })
}

export function text(body: Json, name: string): string {
  const value = body[name]
  if (typeof value !== 'string' || value === '') throw new Refusal(422, 'INVALID_DATA', name)
  return value
}

export function only(body: Json, names: readonly string[]): void {
  for (const name of Object.keys(body)) if (!names.includes(name)) throw new Refusal(422, 'UNPROCESSABLE_ENTITY')
}

export function contactOf(body: Json): Partial<ImitatedContact> {
  only(body, ['lastName', 'mobile', 'description'])
  return {
    lastName: text(body, 'lastName'),
    mobile: typeof body.mobile === 'string' ? body.mobile : null,
    description: text(body, 'description'),
  }
}

export async function readJson(request: Request): Promise<Json> {
  const body: unknown = await request.json().catch(() => ({}))
  return typeof body === 'object' && body !== null ? { ...body } : {}
}
