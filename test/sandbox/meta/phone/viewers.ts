import { chatKey } from '../state.ts'

/** One open phone page: the chat it shows. */
export type Viewer = { chat: string; close: () => void }

/** The phone pages that are open now. A customer reads what comes into the chat on the screen. */
export class Viewers {
  readonly #open = new Set<Viewer>()

  add(viewer: Viewer): void {
    this.#open.add(viewer)
  }

  remove(viewer: Viewer): void {
    this.#open.delete(viewer)
  }

  isOpen(customerId: string, phoneNumberId: string): boolean {
    const chat = chatKey(customerId, phoneNumberId)
    return [...this.#open].some((viewer) => viewer.chat === chat)
  }

  closeAll(): void {
    for (const viewer of this.#open) viewer.close()
    this.#open.clear()
  }
}
