import type { BubbleView, ChoiceView, PhoneView } from '../view-types.ts'
import { listen, loadView, post, upload } from './api.ts'
import type { Selection } from './api.ts'
import { attachments, typeOfFile } from './attachments.ts'
import { bubbleElement } from './bubble.ts'
import { action, byId, h } from './dom.ts'
import { menu, openActions } from './menus.ts'
import { showThread } from './thread.ts'

type Draft = { kind: 'new' } | { kind: 'reply'; to: BubbleView } | { kind: 'edit'; of: BubbleView }

const customerSelect = byId('customer', HTMLSelectElement)
const numberSelect = byId('number', HTMLSelectElement)
const receipts = byId('receipts', HTMLInputElement)
const online = byId('online', HTMLInputElement)
const text = byId('text', HTMLTextAreaElement)
const strip = byId('strip', HTMLElement)
const problem = byId('problem', HTMLElement)
const picker = byId('file', HTMLInputElement)
const dialog = byId('new-customer', HTMLDialogElement)
const dialogForm = byId('new-customer-form', HTMLFormElement)

const query = new URLSearchParams(location.search)
let selection: Selection = { customerId: query.get('customer') ?? '', phoneNumberId: query.get('number') ?? '' }
let draft: Draft = { kind: 'new' }
/** What the customer just wrote is shown, wherever the thread stood. */
let isGoingToEnd = true
let stopListening = (): void => undefined
let listeningTo: string | undefined

/** Runs what a button started; its failure is said under the composer. */
function run(work: () => Promise<unknown>): void {
  problem.textContent = ''
  void work().catch((error: unknown) => {
    problem.textContent = error instanceof Error ? error.message : String(error)
  })
}

function send(message: object): Promise<unknown> {
  const changesAnother = 'reaction' in message || 'edit' in message || 'revoke' in message
  isGoingToEnd = !changesAnother
  return post('send', { ...selection, ...message })
}

async function refresh(): Promise<void> {
  const view = await loadView(selection)
  // The chat may have been changed while the answer was under way.
  if (selection.customerId !== '' && view.customerId !== selection.customerId) return
  const isOther = listeningTo !== undefined && listeningTo !== view.phoneNumberId
  show(view)
  // Another number came on the screen, since the one before is not on WhatsApp (yet).
  if (isOther) select({})
}

function show(view: PhoneView): void {
  selection = { customerId: view.customerId, phoneNumberId: view.phoneNumberId }
  showOptions(
    customerSelect,
    view.customers.map(({ id, name, handle }) => [id, name === handle ? name : `${name} (${handle})`]),
    view.customerId,
  )
  showOptions(
    numberSelect,
    view.numbers.map(({ id, name, display, unread }) => [
      id,
      `${name} ${display}${unread > 0 ? ` · ${unread} new` : ''}`,
    ]),
    view.phoneNumberId,
  )
  const customer = view.customers.find(({ id }) => id === view.customerId)
  byId('codes', HTMLElement).replaceChildren(...view.codes.map(codeNotice))
  receipts.checked = customer?.readReceipts ?? false
  online.checked = customer?.isOnline ?? false
  byId('typing', HTMLElement).textContent = view.isTyping ? 'typing…' : ''
  const render = (bubble: BubbleView): HTMLElement => bubbleElement(bubble, { open, choose, played })
  showThread(byId('thread', HTMLElement), view.bubbles, render, isGoingToEnd)
  isGoingToEnd = false
}

/** What the telephone of a business number's owner would show or say. */
function codeNotice({ display, value, isCall }: PhoneView['codes'][number]): HTMLElement {
  const how = isCall ? 'A call to' : 'A text message to'
  return h('p', {}, `${how} ${display}: your WhatsApp code is `, h('strong', { 'data-testid': 'phone-code' }, value))
}

function showOptions(list: HTMLSelectElement, items: [id: string, label: string][], chosen: string): void {
  const wanted = JSON.stringify(items)
  if (list.dataset['items'] !== wanted) {
    list.dataset['items'] = wanted
    list.replaceChildren(...items.map(([id, label]) => h('option', { value: id }, label)))
  }
  list.value = chosen
}

function select(changes: Partial<Selection>): void {
  selection = { ...selection, ...changes }
  history.replaceState(
    null,
    '',
    `?${new URLSearchParams({ customer: selection.customerId, number: selection.phoneNumberId })}`,
  )
  setDraft({ kind: 'new' })
  isGoingToEnd = true
  stopListening()
  listeningTo = selection.phoneNumberId
  stopListening = listen(selection, () => run(refresh))
  run(refresh)
}

function open(bubble: BubbleView): void {
  openActions(bubble, {
    reply: (to) => setDraft({ kind: 'reply', to }),
    edit: (of) => setDraft({ kind: 'edit', of }),
    react: ({ id }, emoji) => run(() => send({ type: 'reaction', reaction: { message_id: id, emoji } })),
    revoke: ({ id }) => run(() => send({ type: 'revoke', revoke: { original_message_id: id } })),
  })
}

function choose({ id: messageId }: BubbleView, { kind, id, title, description }: ChoiceView): void {
  const context = { id: messageId }
  const reply = { id, title, ...(description === undefined ? {} : { description }) }
  const message =
    kind === 'button'
      ? { type: 'button', button: { text: title, payload: id } }
      : { type: 'interactive', interactive: { type: kind, [kind]: reply } }
  run(() => send({ ...message, context }))
}

function played({ id }: BubbleView): void {
  run(() => post(`played/${encodeURIComponent(id)}`, {}))
}

function setDraft(next: Draft): void {
  draft = next
  strip.hidden = next.kind === 'new'
  strip.replaceChildren()
  if (next.kind === 'new') return
  const about = next.kind === 'reply' ? next.to : next.of
  const cancel = action('✕', { 'data-testid': 'phone-strip-cancel', 'aria-label': 'Cancel' }, () =>
    setDraft({ kind: 'new' }),
  )
  strip.append(h('span', {}, `${next.kind === 'reply' ? 'Reply to' : 'Edit'}: ${about.text}`), cancel)
  if (next.kind === 'edit') text.value = about.text
  text.focus()
}

async function submit(): Promise<void> {
  const body = text.value
  if (body.trim() === '') return
  const now = draft
  text.value = ''
  setDraft({ kind: 'new' })
  try {
    if (now.kind === 'edit') {
      await send({ type: 'edit', edit: { original_message_id: now.of.id, message: { type: 'text', text: { body } } } })
      return
    }
    const context = now.kind === 'reply' ? { context: { id: now.to.id } } : {}
    await send({ type: 'text', text: { body }, ...context })
  } catch (error) {
    text.value = body
    throw error
  }
}

customerSelect.addEventListener('change', () => select({ customerId: customerSelect.value }))
numberSelect.addEventListener('change', () => select({ phoneNumberId: numberSelect.value }))
receipts.addEventListener('change', () =>
  run(() => post(`customers/${selection.customerId}`, { readReceipts: receipts.checked })),
)
online.addEventListener('change', () =>
  run(() => post(`customers/${selection.customerId}`, { isOnline: online.checked })),
)

byId('form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault()
  run(submit)
})
text.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  run(submit)
})

menu(byId('attach', HTMLButtonElement), byId('attach-menu', HTMLElement), [
  ...attachments.map(({ id, label, message }) =>
    action(label, { 'data-testid': `phone-attach-${id}` }, () => run(() => send(message))),
  ),
  action('📎 A file of mine…', { 'data-testid': 'phone-attach-file' }, () => picker.click()),
])
picker.addEventListener('change', () => {
  const [file] = picker.files ?? []
  picker.value = ''
  if (file === undefined) return
  run(async () => {
    const { id } = await upload(file, selection.phoneNumberId)
    const type = typeOfFile(file.type)
    return send({ type, [type]: { id, ...(type === 'document' ? { filename: file.name } : {}) } })
  })
})

byId('add-customer', HTMLButtonElement).addEventListener('click', () => {
  dialogForm.reset()
  dialog.showModal()
})
byId('new-customer-cancel', HTMLButtonElement).addEventListener('click', () => dialog.close())
dialogForm.addEventListener('submit', () => {
  const given = new FormData(dialogForm)
  const filled = [...given].filter(([, value]) => typeof value === 'string' && value.trim() !== '')
  run(async () => {
    const { id } = await post('customers', Object.fromEntries(filled))
    if (id !== undefined) select({ customerId: id })
  })
})

run(async () => {
  await refresh()
  select({})
})
// Typing and times change without an event.
setInterval(() => run(refresh), 5_000)
