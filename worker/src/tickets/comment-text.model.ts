import { headOf } from './plain-text.model.ts'
import { referenceLine } from './references.model.ts'

/** Desk's limit of a comment, counted in UTF-16 units. */
export const MAX_COMMENT_LENGTH = 32_000
/** Room for the reference and a line about the decision. */
const FOOTER_LENGTH = 400

/** One message's part of a comment. `head` is one line of ours; `text` and `notes` follow it. */
export type Entry = {
  seq: number
  head: string
  quote: string | null
  text: string
  notes: readonly string[]
  attachmentIds: readonly string[]
}

export type ComposedComment = { content: string; attachmentIds: string[]; seqs: number[] }

/**
 * The comments that hold all entries in their order: as few as the limit allows, split between messages, and inside one only where it
 * alone is too long. `remark` is said at the end of the first; each ends with its reference, made by `newReference`.
 */
export function composeComments(
  entries: readonly Entry[],
  remark: string | null,
  newReference: () => string,
): Array<ComposedComment & { reference: string }> {
  return gather(entries.flatMap(piecesOf)).map((comment, index) => {
    const reference = newReference()
    const footer = [...(index === 0 && remark !== null ? [remark] : []), referenceLine(reference)].join('\n')
    return { ...comment, content: `${comment.content}\n\n${footer}`, reference }
  })
}

type Piece = { seq: number; content: string; attachmentIds: readonly string[] }

function gather(pieces: readonly Piece[]): ComposedComment[] {
  const comments: ComposedComment[] = []
  for (const piece of pieces) {
    const last = comments.at(-1)
    if (last !== undefined && last.content.length + 2 + piece.content.length <= MAX_COMMENT_LENGTH - FOOTER_LENGTH) {
      last.content += `\n\n${piece.content}`
      last.attachmentIds.push(...piece.attachmentIds)
      last.seqs.push(piece.seq)
    } else {
      comments.push({ content: piece.content, attachmentIds: [...piece.attachmentIds], seqs: [piece.seq] })
    }
  }
  return comments
}

/** An entry whole, or in as many pieces as it needs. The files are with the last. */
function piecesOf(entry: Entry): Piece[] {
  const quote = entry.quote === null ? [] : [`> ${entry.quote}`]
  const first = [entry.head, ...quote].join('\n')
  const notes = entry.notes.length === 0 ? '' : `\n${entry.notes.join('\n')}`
  const room = MAX_COMMENT_LENGTH - FOOTER_LENGTH - first.length - notes.length - ' (continued)'.length - 1
  const texts = cut(entry.text, room)
  return texts.map((text, index) => {
    const isLast = index === texts.length - 1
    const head = index === 0 ? first : `${entry.head} (continued)`
    return {
      seq: entry.seq,
      content: `${head}\n${text}${isLast ? notes : ''}`,
      attachmentIds: isLast ? entry.attachmentIds : [],
    }
  })
}

/** Cuts at a line's end, else between words, else between characters. Nothing but the one line end or blank at the cut is left out. */
function cut(text: string, room: number): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > room) {
    const head = headOf(rest, room)
    const at = [head.lastIndexOf('\n'), head.lastIndexOf(' ')].find((index) => index > room / 2)
    parts.push(at === undefined ? head : rest.slice(0, at))
    rest = rest.slice(at === undefined ? head.length : at + 1)
  }
  return [...parts, rest]
}
