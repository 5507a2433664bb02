import type { z } from 'zod'
import type { RequestIssue } from './request-errors.ts'

type Issue = z.core.$ZodIssue

/** Issues told at once; more help nobody. */
const MAX_ISSUES = 20

/** Zod's issues in the words of our failures: which field, what is wrong, what is accepted. The value itself is never repeated. */
export function describeIssues(issues: readonly Issue[]): RequestIssue[] {
  return issues.slice(0, MAX_ISSUES).map((issue) => ({
    field: issue.path.map(String).join('.').slice(0, 200),
    problem: PROBLEMS[issue.code] ?? 'not accepted',
    accepted: accepted(issue),
  }))
}

const PROBLEMS: Partial<Record<Issue['code'], string>> = {
  invalid_type: 'missing or of another type',
  too_big: 'too large',
  too_small: 'too small',
  invalid_format: 'not in the right form',
  invalid_value: 'not one of the accepted values',
  unrecognized_keys: 'unknown fields',
  not_multiple_of: 'not a multiple',
}

function accepted(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected
    case 'too_big':
      return `at most ${issue.maximum}${unitOf(issue.origin)}`
    case 'too_small':
      return `at least ${issue.minimum}${unitOf(issue.origin)}`
    case 'invalid_format':
      return issue.pattern === undefined ? issue.format : `text like ${issue.pattern}`
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(', ')
    case 'unrecognized_keys':
      return 'only the fields that /openapi.json names'
    default:
      return 'what /openapi.json describes'
  }
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters'
  return origin === 'array' ? ' items' : ''
}
