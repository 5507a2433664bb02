import type { BubbleView } from '../view-types.ts'
import { action, byId, h } from './dom.ts'

const EMOJI = ['👍', '❤️', '😂', '😮', '🙏']

export type MessageActions = {
  reply: (bubble: BubbleView) => void
  react: (bubble: BubbleView, emoji: string) => void
  edit: (bubble: BubbleView) => void
  revoke: (bubble: BubbleView) => void
}

/** What can be done with one message, in a dialog. */
export function openActions(bubble: BubbleView, actions: MessageActions): void {
  const dialog = byId('actions', HTMLDialogElement)
  const act = (label: string, testId: string, run: () => void): HTMLButtonElement =>
    action(label, { 'data-testid': testId }, () => {
      dialog.close()
      run()
    })
  const isMine = bubble.direction === 'in' && !bubble.isRevoked
  const emoji = EMOJI.map((each) => act(each, 'phone-react', () => actions.react(bubble, each)))
  dialog.replaceChildren(
    h(
      'div',
      { class: 'row emoji' },
      ...emoji,
      act('✕', 'phone-unreact', () => actions.react(bubble, '')),
    ),
    act('Reply', 'phone-reply', () => actions.reply(bubble)),
    ...(isMine && bubble.type === 'text' ? [act('Edit', 'phone-edit', () => actions.edit(bubble))] : []),
    ...(isMine ? [act('Delete for everyone', 'phone-delete', () => actions.revoke(bubble))] : []),
    act('Cancel', 'phone-cancel', () => undefined),
  )
  dialog.showModal()
}

/** A menu under a button: arrows move, Escape closes and gives the focus back. */
export function menu(button: HTMLButtonElement, list: HTMLElement, items: readonly HTMLButtonElement[]): void {
  list.replaceChildren(...items)
  for (const item of items) {
    item.setAttribute('role', 'menuitem')
    item.addEventListener('click', () => toggle(false))
  }
  const toggle = (isOpen: boolean): void => {
    list.hidden = !isOpen
    button.setAttribute('aria-expanded', String(isOpen))
    if (isOpen) items[0]?.focus()
  }
  button.addEventListener('click', () => toggle(list.hidden === true))
  list.addEventListener('keydown', (event) => {
    const at = items.findIndex((item) => item === document.activeElement)
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      items.at((at + step) % items.length)?.focus()
    }
    if (event.key === 'Escape') {
      toggle(false)
      button.focus()
    }
  })
}
