import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** A double's state as one JSON file. `save` is cheap to call often: it writes at most once in 200 ms, and on exit. */
export class Store<State extends object> {
  readonly state: State
  readonly #file: string | undefined
  #timer: NodeJS.Timeout | undefined

  /** Without a file the state lives in memory only. A state saved earlier wins over `initial()`. */
  constructor(file: string | undefined, initial: () => State) {
    this.#file = file
    this.state = file !== undefined && existsSync(file) ? Object.assign(initial(), readObject(file)) : initial()
    if (file !== undefined) process.on('exit', () => this.flush())
  }

  save(): void {
    if (this.#file === undefined || this.#timer !== undefined) return
    this.#timer = setTimeout(() => this.flush(), 200)
    this.#timer.unref()
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#file === undefined) return
    mkdirSync(dirname(this.#file), { recursive: true })
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.state))
    renameSync(`${this.#file}.new`, this.#file)
  }
}

function readObject(file: string): object {
  const saved: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (typeof saved !== 'object' || saved === null) throw new Error(`${file} holds no saved state`)
  return saved
}
