/** Things that wait together and leave together, as webhook faults need it. */
export class Pool<Item> {
  #items: Item[] = []
  #timer: NodeJS.Timeout | undefined
  readonly #leave: (items: Item[]) => void

  constructor(leave: (items: Item[]) => void) {
    this.#leave = leave
  }

  /** Waits for more; all leave `delayMs` after the first came, or at once when `limit` wait. */
  add(item: Item, delayMs: number, limit = Number.POSITIVE_INFINITY): void {
    this.#items.push(item)
    if (this.#items.length >= limit) return this.flush()
    this.#timer ??= setTimeout(() => this.flush(), delayMs)
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const items = this.#items
    this.#items = []
    if (items.length > 0) this.#leave(items)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#items = []
  }
}

/** Another order than before, wherever there are two. */
export function shuffled<Item>(items: readonly Item[]): Item[] {
  const result = items
    .map((item) => ({ item, key: Math.random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item)
  const isSame = result.every((item, index) => item === items[index])
  return isSame ? result.toReversed() : result
}
