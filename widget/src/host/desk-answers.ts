import { isRecord, parseJson } from '../json.ts'
import type { HostPreferences, ProxyAnswer } from './host.ts'

/** Desk gives ids as strings or numbers, and sometimes nothing at all. */
function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** `get('ticket')` answers `{status, ticket: {id}}`, `get('ticket.id')` answers `{status, 'ticket.id'}`: both are read. */
export function readProperty(answer: unknown, property: string): string | undefined {
  if (!isRecord(answer)) return undefined
  const direct = text(answer[property])
  if (direct !== undefined) return direct
  const [owner = '', field = ''] = property.split('.')
  const parent = answer[owner]
  return isRecord(parent) ? text(parent[field]) : undefined
}

export function readPreferences(value: unknown): HostPreferences {
  if (!isRecord(value)) return {}
  const appearance = text(value.appearance)
  const theme = text(value.theme)
  const fontFamily = text(value.fontFamily)
  return {
    ...(appearance === undefined ? {} : { appearance }),
    ...(theme === undefined ? {} : { theme }),
    ...(fontFamily === undefined ? {} : { fontFamily }),
  }
}

export function readWords(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {}
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, word]) => (typeof word === 'string' ? [[key, word]] : [])),
  )
}

/** `request()` resolves with a JSON string `{statusCode, response}`; a body that is no string is written as JSON again. */
export function readProxyAnswer(answer: unknown): ProxyAnswer | undefined {
  const value = typeof answer === 'string' ? parseJson(answer) : answer
  if (!isRecord(value)) return undefined
  const status = Number(value.statusCode)
  if (!Number.isInteger(status)) return undefined
  const body = value.response
  return { status, text: typeof body === 'string' ? body : JSON.stringify(body ?? null) }
}

/** What a rejected SDK promise says; Desk rejects with strings, objects and Errors. */
export function readRefusal(reason: unknown): string {
  if (reason instanceof Error) return reason.message
  if (typeof reason === 'string') return reason
  return JSON.stringify(reason) ?? 'unknown'
}
