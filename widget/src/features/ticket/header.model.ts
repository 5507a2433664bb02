import type { ConversationView } from '../../../../contract/index.ts'

type Contact = ConversationView['contact']

/** What the customer is reached by: the phone number, else the user name. Some customers have neither to show. */
export function address({ phone, username }: Contact): string | null {
  if (phone !== undefined) return phone
  return username === undefined ? null : `@${username}`
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The first letter of a name for its disc, whole even where it is several code points. */
export function initial(name: string): string {
  const found = name.toWellFormed().match(/[\p{L}\p{N}\p{Emoji_Presentation}].*/su)?.[0] ?? '#'
  const [first] = letters.segment(found)
  return (first?.segment ?? '#').toLocaleUpperCase()
}
