/**
 * A fault that a double plays instead of its ordinary answer.
 * - `error`: `status` and `body` are answered, nothing is done.
 * - `timeout`: the work is done, the answer is lost (the connection is cut).
 * - `late`: the answer is lost now, the work is done `delayMs` (default 3,000) later.
 * - `drop`: the work is not done and the answer is lost.
 * - `delay`: the ordinary answer comes `delayMs` later.
 * - `duplicate`, `shuffle`, `hold`, `batch`: webhooks only (Meta).
 */
export type FaultKind = 'error' | 'timeout' | 'late' | 'drop' | 'delay' | 'duplicate' | 'shuffle' | 'hold' | 'batch'

export type FaultRule = {
  /** `METHOD /path` or `/path`, `*` stands for anything; a webhook fault matches `webhook`. */
  match: string
  kind: FaultKind
  /** How many requests it hits; without `count` and `rate` it hits every one until removed. */
  count?: number
  /** Share of requests it hits, 0 to 1. A rate of 0.1 hits exactly every tenth. */
  rate?: number
  status?: number
  body?: unknown
  headers?: Record<string, string>
  delayMs?: number
  [extra: string]: unknown
}

type ActiveRule = FaultRule & { id: number; seen: number; hits: number }

const KINDS: readonly string[] = ['error', 'timeout', 'late', 'drop', 'delay', 'duplicate', 'shuffle', 'hold', 'batch']

export class Faults {
  #rules: ActiveRule[] = []
  #nextId = 1

  /** Throws a readable Error when the rule is malformed. */
  add(rule: FaultRule): number {
    if (typeof rule.match !== 'string' || rule.match === '')
      throw new Error('match: a "METHOD /path" pattern is needed')
    if (!KINDS.includes(rule.kind)) throw new Error(`kind: one of ${KINDS.join(', ')}`)
    if (rule.rate !== undefined && !(rule.rate > 0 && rule.rate <= 1)) throw new Error('rate: above 0 and at most 1')
    if (rule.count !== undefined && !(Number.isInteger(rule.count) && rule.count > 0))
      throw new Error('count: a whole number above 0')
    const id = this.#nextId++
    this.#rules.push({ ...rule, id, seen: 0, hits: 0 })
    return id
  }

  list(): readonly FaultRule[] {
    return this.#rules
  }

  clear(): void {
    this.#rules = []
  }

  /** The first rule that hits this request, counting the hit; undefined when none does. */
  take(method: string, path: string): FaultRule | undefined {
    for (const rule of this.#rules) {
      if (!matches(rule.match, method, path)) continue
      rule.seen += 1
      if (rule.count !== undefined && rule.hits >= rule.count) continue
      if (rule.rate !== undefined && Math.floor(rule.seen * rule.rate) === Math.floor((rule.seen - 1) * rule.rate))
        continue
      rule.hits += 1
      return rule
    }
    return undefined
  }
}

function matches(pattern: string, method: string, path: string): boolean {
  const space = pattern.indexOf(' ')
  const wantedMethod = space < 0 ? '*' : pattern.slice(0, space)
  const wantedPath = space < 0 ? pattern : pattern.slice(space + 1)
  if (wantedMethod !== '*' && wantedMethod.toUpperCase() !== method.toUpperCase()) return false
  const source = wantedPath.split('*').map(escapeRegExp).join('.*')
  return new RegExp(`^${source}$`).test(path)
}

function escapeRegExp(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
}
