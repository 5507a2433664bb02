/**
 * References are short marks, visible in Desk, by which something whose answer was lost is found again. A ticket's and a contact's
 * follow from what they are made for, so the same try made again carries the same one; a comment's begins with its ticket's mark, so
 * that the ticket is recognised by its comments when it was merged into another.
 */
const FAMILY_LENGTH = 4
/** Characters of [0-9a-z] a new comment's reference needs. */
export const COMMENT_RANDOM_LENGTH = 6

export function ticketReference(conversationId: string, fromSeq: number): string {
  return mark(`ticket:${conversationId}:${fromSeq}`, FAMILY_LENGTH + COMMENT_RANDOM_LENGTH)
}

export function contactReference(contactId: string): string {
  return mark(`contact:${contactId}`, FAMILY_LENGTH + COMMENT_RANDOM_LENGTH)
}

/** `random` is `COMMENT_RANDOM_LENGTH` characters of [0-9a-z]. */
export function commentReference(ticketId: string, random: string): string {
  return mark(`comments:${ticketId}`, FAMILY_LENGTH) + random
}

export function referenceLine(reference: string): string {
  return `Kaiwa ref ${reference}`
}

/** Whether a text of Desk, plain or HTML, carries this reference. */
export function carries(text: string | null, reference: string): boolean {
  return text?.includes(reference) ?? false
}

/** Whether a text carries the reference of any comment written to this ticket. */
export function carriesCommentOf(text: string | null, ticketId: string): boolean {
  const family = mark(`comments:${ticketId}`, FAMILY_LENGTH)
  return new RegExp(`Kaiwa(\\s|&nbsp;)ref(\\s|&nbsp;)${family}[0-9a-z]{${COMMENT_RANDOM_LENGTH}}\\b`).test(text ?? '')
}

/** FNV-1a over 64 bits: no secret, only unlikely to meet by chance. */
function mark(text: string, length: number): string {
  let hash = 0xcbf29ce484222325n
  for (let index = 0; index < text.length; index += 1) {
    hash = ((hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n) & 0xffffffffffffffffn
  }
  return hash.toString(36).padStart(length, '0').slice(-length)
}
