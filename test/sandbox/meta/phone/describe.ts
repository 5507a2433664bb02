import { isJson } from '../state.ts'
import type { Json, StoredMessage } from '../state.ts'
import type { BubbleView, ChoiceView } from './view-types.ts'

export type Described = Pick<BubbleView, 'text' | 'lines' | 'header' | 'footer' | 'link'>

/** What a message says, whatever its type: a text that is never empty, and the lines of a card. */
export function describe(message: StoredMessage): Described {
  if (message.isRevoked === true) return { text: 'This message was deleted', lines: [] }
  const object = message.content[message.type]
  const json = isJson(object) ? object : {}
  const described = DESCRIPTIONS[message.type]?.(json, message) ?? { text: `[${message.type}]`, lines: [] }
  return described.text === '' ? { ...described, text: `[${message.type}]` } : described
}

type Describe = (object: Json, message: StoredMessage) => Described

const plain = (text: string, lines: string[] = []): Described => ({ text, lines })
const caption = (object: Json, fallback: string): Described => plain(textOf(object, 'caption') || fallback)

const DESCRIPTIONS: Record<string, Describe> = {
  text: (object) => plain(textOf(object, 'body')),
  image: (object) => caption(object, 'Photo'),
  video: (object) => caption(object, 'Video'),
  document: (object) => caption(object, textOf(object, 'filename') || 'Document'),
  audio: (object) => plain(object['voice'] === true ? 'Voice message' : 'Audio'),
  voice: () => plain('Voice message'),
  sticker: () => plain('Sticker'),
  location: (object) => ({
    ...plain(
      [textOf(object, 'name'), textOf(object, 'address')].filter((part) => part !== '').join(', ') || 'Location',
    ),
    link: {
      url: `https://www.openstreetmap.org/?mlat=${encodeURIComponent(String(object['latitude']))}&mlon=${encodeURIComponent(String(object['longitude']))}`,
      label: `${String(object['latitude'])}, ${String(object['longitude'])}`,
    },
  }),
  contacts: (_object, message) => {
    const people = listOf(message.content['contacts'])
    const names = people.map((person) => textOf(partOf(person, 'name'), 'formatted_name'))
    const lines = people.flatMap((person) => [
      ...listOf(person['phones']).map((phone) => textOf(phone, 'phone')),
      ...listOf(person['emails']).map((email) => textOf(email, 'email')),
    ])
    return plain(names.join(', '), lines)
  },
  interactive: (object) => {
    const reply = partOf(object, 'button_reply')
    const row = partOf(object, 'list_reply')
    const form = partOf(object, 'nfm_reply')
    const chosen = textOf(reply, 'title') || textOf(row, 'title') || textOf(form, 'body')
    const header = textOf(partOf(object, 'header'), 'text')
    const footer = textOf(partOf(object, 'footer'), 'text')
    return {
      ...plain(chosen || textOf(partOf(object, 'body'), 'text')),
      ...(header === '' ? {} : { header }),
      ...(footer === '' ? {} : { footer }),
    }
  },
  template: (_object, { rendered }) => ({
    ...plain(rendered?.body ?? ''),
    ...(rendered?.header === undefined ? {} : { header: rendered.header }),
    ...(rendered?.footer === undefined ? {} : { footer: rendered.footer }),
  }),
  button: (object) => plain(textOf(object, 'text')),
  order: (object) =>
    plain(
      textOf(object, 'text') || 'Order',
      listOf(object['product_items']).map(
        (item) => `${String(item['quantity'])} × ${String(item['product_retailer_id'])}`,
      ),
    ),
  system: (object) => plain(textOf(object, 'body')),
  unsupported: () => plain('A message this phone sent that the business cannot read'),
}

/** What the customer can tap under an answer of the business. */
export function choicesOf(message: StoredMessage): ChoiceView[] {
  if (message.rendered !== undefined) {
    return message.rendered.buttons.map((title) => ({ kind: 'button', id: title, title }))
  }
  const interactive = message.content['interactive']
  const action = isJson(interactive) ? partOf(interactive, 'action') : {}
  const buttons = listOf(action['buttons']).map((button): ChoiceView => {
    const reply = partOf(button, 'reply')
    return { kind: 'button_reply', id: textOf(reply, 'id'), title: textOf(reply, 'title') }
  })
  const rows = listOf(action['sections']).flatMap((section) =>
    listOf(section['rows']).map((row): ChoiceView => {
      const description = textOf(row, 'description')
      const choice = { kind: 'list_reply', id: textOf(row, 'id'), title: textOf(row, 'title') } as const
      return description === '' ? choice : { ...choice, description }
    }),
  )
  return [...buttons, ...rows]
}

function textOf(object: Json, key: string): string {
  const value = object[key]
  return typeof value === 'string' ? value : ''
}

function partOf(object: Json, key: string): Json {
  const value = object[key]
  return isJson(value) ? value : {}
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : []
}
