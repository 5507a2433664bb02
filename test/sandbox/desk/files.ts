import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Contents of uploaded files by upload id: in a folder beside the state, or in memory where the state is. */
export class FileStore {
  readonly #folder: string | undefined
  readonly #kept = new Map<string, Uint8Array<ArrayBuffer>>()

  constructor(storeFile: string | undefined) {
    this.#folder = storeFile === undefined ? undefined : `${storeFile}.files`
  }

  put(id: string, bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#folder === undefined) {
      this.#kept.set(id, bytes)
      return
    }
    mkdirSync(this.#folder, { recursive: true })
    writeFileSync(join(this.#folder, id), bytes)
  }

  /** Undefined when nothing was put under this id. */
  get(id: string): Uint8Array<ArrayBuffer> | undefined {
    if (this.#folder === undefined) return this.#kept.get(id)
    // Ids come from addresses: only digits ever name a file.
    if (!/^\d+$/.test(id)) return undefined
    try {
      return new Uint8Array(readFileSync(join(this.#folder, id)))
    } catch {
      return undefined
    }
  }
}
