/** Typing ends by itself after 25 seconds, or with the next answer. */
const TYPING_MS = 25_000

/** Who is shown as typing on the customers' phones. Real time, not kept over a restart. */
export class Typing {
  readonly #until = new Map<string, number>()

  begin(chat: string): void {
    this.#until.set(chat, Date.now() + TYPING_MS)
  }

  end(chat: string): void {
    this.#until.delete(chat)
  }

  isTyping(chat: string): boolean {
    return (this.#until.get(chat) ?? 0) > Date.now()
  }
}
