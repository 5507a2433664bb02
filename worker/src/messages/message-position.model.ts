/** Where a message stands in its conversation: shown by (sentAt, position, seq). WhatsApp's times are whole seconds, and `position` is the order in which they came. */
export type Place = { sentAt: number; position: number; seq: number }

const WIDTHS = { sentAt: 15, position: 16, seq: 16 } as const
const PLACE = /^(\d{15})\.(\d{16})\.(\d{16})$/

/** A place as text that compares as the place does; it is also the cursor of pages. */
export function writePlace({ sentAt, position, seq }: Place): string {
  return `${pad(sentAt, WIDTHS.sentAt)}.${pad(position, WIDTHS.position)}.${pad(seq, WIDTHS.seq)}`
}

/** The place a text names; null when `writePlace` cannot have written it. */
export function readPlace(text: string): Place | null {
  const [, sentAt, position, seq] = PLACE.exec(text) ?? []
  if (sentAt === undefined || position === undefined || seq === undefined) return null
  return { sentAt: Number(sentAt), position: Number(position), seq: Number(seq) }
}

function pad(value: number, width: number): string {
  return String(Math.max(0, value)).padStart(width, '0')
}
