import type { ArchiveHistory, MessageContent } from '../../../contract/index.ts'

/** What the Business app's address book says of somebody; `name` null: nothing any more. */
export type ArchivedContact = {
  contact: string
  phone: string
  name: string | null
  /** When it said so. */
  at: number
}

/** What is on record of how far a number's history has come. */
export type HistoryFacts = { askedAt: number | null; progress: number | null; declined: string | null }

export function historyOf({ askedAt, progress, declined }: HistoryFacts): ArchiveHistory {
  const percent = progress ?? 0
  if (declined !== null) return { state: 'declined', progress: percent, reason: declined === '' ? null : declined }
  const going = progress === null ? (askedAt === null ? 'none' : 'waiting') : 'arriving'
  return { state: percent >= 100 ? 'complete' : going, progress: percent, reason: null }
}

/** Meta's stand-in for a file of the history that comes later, or never. */
export const PLACEHOLDER = 'media_placeholder'

/** The message's kind; `file` while its file is still at Meta. */
export function kindOf(content: MessageContent): string {
  return content.kind === 'unknown' && content.type === PLACEHOLDER ? 'file' : content.kind
}

/** What somebody wrote, whole and with its lines; null where a message's summary is all there is to read. */
export function textOf(content: MessageContent): string | null {
  switch (content.kind) {
    case 'text':
    case 'template':
      return content.text
    case 'edit':
      return content.text
    case 'image':
    case 'video':
    case 'document':
      return content.media.caption
    default:
      return null
  }
}

const PHONE_LIKE = /^[+\d\s().\-/]+$/

/** The form of a name in which it is looked for, without regard to case and width. */
export function searchForm(name: string): string {
  return name.toWellFormed().normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
}

/** What is looked for: digits without leading zeros, which every writing of a number has, or a part of a name. */
export function peopleQuery(query = ''): { name: string; digits: string } {
  const name = searchForm(query)
  const digits = PHONE_LIKE.test(name) ? name.replaceAll(/\D/g, '').replace(/^0+/, '') : ''
  return digits === '' ? { name, digits } : { name: '', digits }
}
