/** A path of the contract that a call may have: `/api/v1/tickets/{ticketId}`. */
export type PathTemplate<Found> = { template: string; found: Found }

type Compiled<Found> = { pattern: RegExp; weight: string; found: Found }

/** Finds the template of a concrete path. Where several fit, the one with the earliest fixed step wins. */
export class PathTable<Found> {
  readonly #rows: Compiled<Found>[]

  constructor(templates: readonly PathTemplate<Found>[]) {
    this.#rows = templates
      .map(({ template, found }) => {
        const parts = template.split('/').slice(1)
        const source = parts.map((part) => (isOpen(part) ? '[^/]+' : escaped(part))).join('/')
        // 0 sorts before 1: a fixed step before an open one.
        const weight = parts.map((part) => (isOpen(part) ? '1' : '0')).join('')
        return { pattern: new RegExp(`^/${source}$`), weight, found }
      })
      .toSorted((a, b) => a.weight.localeCompare(b.weight))
  }

  find(path: string): Found | undefined {
    return this.all(path)[0]
  }

  /** Everything that fits, best first. */
  all(path: string): Found[] {
    return this.#rows.filter(({ pattern }) => pattern.test(path)).map(({ found }) => found)
  }
}

function isOpen(part: string): boolean {
  return part.startsWith('{') && part.endsWith('}')
}

function escaped(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
}
