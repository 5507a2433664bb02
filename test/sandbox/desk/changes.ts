/** What changed in a portal: the Desk pages redraw, the host page tells the widget. */
export type Change =
  | { kind: 'ticket'; orgId: string; ticketId: string }
  | { kind: 'comment'; orgId: string; ticketId: string; commentId: string }
  | { kind: 'config'; orgId: string }
  | { kind: 'settings' }

export class Changes {
  #listeners = new Set<(change: Change) => void>()

  /** Returns the function that ends the listening. */
  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  tell(change: Change): void {
    for (const listener of this.#listeners) listener(change)
  }
}
