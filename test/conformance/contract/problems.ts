import type { ErrorObject } from 'ajv/dist/2020.js'
import { valueAt } from './json.ts'

/** Something that does not fit the contract. */
export type Problem = {
  /** `POST /api/v1/tickets/{ticketId}/comments`, or what was asked for where the contract has nothing. */
  call: string
  side: 'request' | 'query' | 'header' | 'answer' | 'status' | 'call' | 'webhook'
  /** JSON Pointer into the body, or a parameter's name. */
  at: string
  message: string
}

/** One line to read in a failed test. */
export function describeProblem({ call, side, at, message }: Problem): string {
  return `${call}: ${side} ${at}: ${message}`
}

export type Finding = { at: string; message: string }

/** Journals keep only the beginning and the length of a secret; the rest of it cannot be checked. */
const MASKED = /…\(\d+\)$/

/** What a reader needs of ajv's errors, each line once. `if` only repeats what its branch says. */
export function findingsOf(errors: readonly ErrorObject[], body: unknown): Finding[] {
  const findings = errors
    .filter(
      ({ keyword, instancePath }) => keyword !== 'if' && !MASKED.test(String(valueAt(body, instancePath.slice(1)))),
    )
    .map((error) => ({ at: error.instancePath || '/', message: messageOf(error, body) }))
  const lines = new Map(findings.map((finding) => [`${finding.at} ${finding.message}`, finding]))
  return [...lines.values()]
}

function messageOf(error: ErrorObject, body: unknown): string {
  const message = error.message ?? error.keyword
  const allowed: unknown = error.params['allowedValues']
  const wanted = Array.isArray(allowed) ? `${message} (${allowed.join(', ')})` : message
  const value = valueAt(body, error.instancePath.slice(1))
  return value === null || typeof value !== 'object' ? `${wanted}, not ${JSON.stringify(value)}` : wanted
}
