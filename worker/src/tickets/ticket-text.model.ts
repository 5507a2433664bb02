import { headOf, oneLine } from './plain-text.model.ts'
import { referenceLine } from './references.model.ts'

const MAX_SUBJECT_LENGTH = 80
/** Desk's limit is 65,535 with the escapes in it. */
const MAX_DESCRIPTION_LENGTH = 60_000

/** A ticket's subject: the first words of what the customer says, one line. */
export function subjectOf(first: { kind: string; text: string; summary: string; sender: string }): string {
  const words = first.kind === 'text' || first.kind === 'choice' ? oneLine(first.text, MAX_SUBJECT_LENGTH) : ''
  if (words !== '') return words
  const summary = oneLine(`WhatsApp: ${first.summary}`, MAX_SUBJECT_LENGTH)
  return summary === 'WhatsApp:' ? oneLine(`WhatsApp message from ${first.sender}`, MAX_SUBJECT_LENGTH) : summary
}

/**
 * A ticket's description as HTML: the first text, everything the customer wrote escaped, then who wrote it when and the reference.
 * `remark` says why it is a new ticket, where that is not plain.
 */
export function descriptionOf(first: {
  text: string
  notes: readonly string[]
  head: string
  remark: string | null
  reference: string
}): string {
  const footer = [first.head, ...(first.remark === null ? [] : [first.remark]), referenceLine(first.reference)]
  const rest = [...first.notes, ...footer].map(escapeHtml).join('<br>')
  return `<div>${htmlLines(first.text, MAX_DESCRIPTION_LENGTH - rest.length)}</div><br><div>${rest}</div>`
}

/** Text with its line ends as HTML, at most `limit` long: what does not fit is cut off with an ellipsis. */
function htmlLines(text: string, limit: number): string {
  const html = toHtml(text)
  if (html.length <= limit) return html
  // An escape is at most six units long.
  return `${toHtml(headOf(text, Math.floor(limit / 6) - 1))}…`
}

function toHtml(text: string): string {
  return text.split('\n').map(escapeHtml).join('<br>')
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
