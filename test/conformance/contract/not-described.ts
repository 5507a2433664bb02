import { PathTable } from './paths.ts'

/** A call that exists and that the contract says nothing about. */
export type NotDescribed = { id: string; method: string; template: string; why: string }

export class NotDescribedCalls {
  readonly #table: PathTable<NotDescribed>
  readonly list: readonly NotDescribed[]

  constructor(list: readonly NotDescribed[]) {
    this.list = list
    this.#table = new PathTable(list.map((call) => ({ template: call.template, found: call })))
  }

  find(method: string, path: string): NotDescribed | undefined {
    return this.#table.all(path).find((call) => call.method === method)
  }
}
