import { button, h } from './dom.ts'
import type { Values } from './host.ts'

const TOAST_MS = 6_000

/** Desk's notice in the corner, `ZOHODESK.notify` and the page's own refusals. */
export function showToast(title: string, content: string, isSuccess: boolean): void {
  const toast = h(
    'div',
    { class: isSuccess ? 'toast success' : 'toast failure', role: 'status', 'data-testid': 'desk-toast' },
    title === '' ? null : h('strong', {}, title),
    h('span', {}, content),
  )
  toastArea().append(toast)
  setTimeout(() => toast.remove(), TOAST_MS)
}

/** Shows what went wrong with something the agent did. */
export function showFailure(error: unknown): void {
  showToast('', error instanceof Error ? error.message : String(error), false)
}

/** `ZOHODESK.showpopup`: resolves to whether the agent agreed; an alert has nothing to refuse. */
export function showPopup(options: Values): Promise<boolean> {
  const text = (name: string, usual: string): string => (typeof options[name] === 'string' ? options[name] : usual)
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const dialog = h('dialog', { class: `popup ${text('color', 'blue')}`, 'data-testid': 'desk-popup' })
  const answer = (isAgreed: boolean): void => {
    dialog.remove()
    resolve(isAgreed)
  }
  dialog.append(
    h('h2', {}, text('title', '')),
    // HTML content is shown as its text.
    h(
      'p',
      {},
      text('contentType', 'text') === 'html' ? text('content', '').replace(/<[^>]*>/g, '') : text('content', ''),
    ),
    h(
      'p',
      { class: 'buttons' },
      button(text('okText', 'OK'), 'desk-popup-ok', () => answer(true), 'primary'),
      options.type === 'confirmation'
        ? button(text('cancelText', 'Cancel'), 'desk-popup-cancel', () => answer(false))
        : null,
    ),
  )
  dialog.addEventListener('cancel', () => answer(false))
  document.body.append(dialog)
  dialog.showModal()
  return promise
}

/** A dialog around a widget; `onClose` runs when the agent closes it. */
export function showModal(title: string, content: HTMLElement, onClose: () => void): { close: () => void } {
  const dialog = h('dialog', { class: 'modal', 'data-testid': 'desk-modal' })
  const close = (): void => {
    if (!dialog.isConnected) return
    dialog.remove()
    onClose()
  }
  dialog.append(h('header', {}, h('h2', {}, title), button('✕', 'desk-modal-close', close)), content)
  dialog.addEventListener('cancel', close)
  document.body.append(dialog)
  dialog.showModal()
  return { close }
}

function toastArea(): HTMLElement {
  const known = document.querySelector<HTMLElement>('.toasts')
  if (known !== null) return known
  const area = h('div', { class: 'toasts', 'aria-live': 'polite' })
  document.body.append(area)
  return area
}
