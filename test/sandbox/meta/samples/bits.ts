/** Writes single bits; `order` says which bit of a byte comes first. */
export class BitWriter {
  readonly #bits: number[] = []
  readonly #order: 'low first' | 'high first'

  constructor(order: 'low first' | 'high first') {
    this.#order = order
  }

  /** The lowest `count` bits of a value, in the writer's order. */
  put(value: number, count: number): this {
    for (let index = 0; index < count; index += 1) {
      const shift = this.#order === 'low first' ? index : count - 1 - index
      this.#bits.push((value >>> shift) & 1)
    }
    return this
  }

  /** Exp-Golomb, as H.264 writes unsigned numbers. */
  golomb(value: number): this {
    const length = Math.floor(Math.log2(value + 1))
    return this.put(0, length).put(value + 1, length + 1)
  }

  /** Fills up to a whole byte with zeros. */
  align(): this {
    while (this.#bits.length % 8 !== 0) this.#bits.push(0)
    return this
  }

  bytes(): Uint8Array {
    this.align()
    const bytes = new Uint8Array(this.#bits.length / 8)
    this.#bits.forEach((bit, index) => {
      const shift = this.#order === 'low first' ? index % 8 : 7 - (index % 8)
      bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (bit << shift)
    })
    return bytes
  }
}
