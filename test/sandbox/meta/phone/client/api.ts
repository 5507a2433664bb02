import type { PhoneView } from '../view-types.ts'

export type Selection = { customerId: string; phoneNumberId: string }

/** The chat on the screen, as the server sees it. */
export async function loadView({ customerId, phoneNumberId }: Selection): Promise<PhoneView> {
  const query = new URLSearchParams({ customer: customerId, number: phoneNumberId })
  const response = await fetch(`/phone/api/view?${query}`)
  const view: unknown = await response.json()
  if (!response.ok || !isView(view)) throw new Error(`The sandbox answered ${response.status}`)
  return view
}

/** Calls back when the view may have changed; the returned function ends it. */
export function listen({ customerId, phoneNumberId }: Selection, onChange: () => void): () => void {
  const query = new URLSearchParams({ customer: customerId, number: phoneNumberId })
  const source = new EventSource(`/phone/api/live?${query}`)
  source.addEventListener('changed', onChange)
  return () => source.close()
}

/** Posts JSON; rejects with the server's words. */
export async function post(path: string, body: object): Promise<{ id?: string }> {
  const response = await fetch(`/phone/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return answerOf(response)
}

export async function upload(file: File, phoneNumberId: string): Promise<{ id?: string }> {
  const form = new FormData()
  form.set('file', file)
  form.set('phoneNumberId', phoneNumberId)
  return answerOf(await fetch('/phone/api/upload', { method: 'POST', body: form }))
}

async function answerOf(response: Response): Promise<{ id?: string }> {
  const text = await response.text()
  const answer: unknown = text === '' ? {} : JSON.parse(text)
  if (!response.ok) throw new Error(fieldOf(answer, 'error') ?? `The sandbox answered ${response.status}`)
  const id = fieldOf(answer, 'id')
  return id === undefined ? {} : { id }
}

function fieldOf(answer: unknown, name: 'id' | 'error'): string | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined
  const value: unknown = Reflect.get(answer, name)
  return typeof value === 'string' ? value : undefined
}

/** The page and its server come from the same process; one look is enough. */
function isView(value: unknown): value is PhoneView {
  return typeof value === 'object' && value !== null && 'bubbles' in value
}
