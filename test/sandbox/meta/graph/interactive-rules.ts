import { isJson } from '../state.ts'
import { all, list, object, oneOf, rule, shape, text } from './checks.ts'
import type { Check } from './checks.ts'

type Interactive = {
  action: Check
  bodyMax: number
  isBodyOptional?: boolean
  headers: readonly string[]
  isHeaderRequired?: boolean
}

const footer = shape({ text: text({ max: 60 }) }, { required: ['text'] })
const mediaHeader = shape({ id: text(), link: text(), filename: text() }, { either: ['id', 'link'] })

const HEADERS: Record<string, Check> = {
  text: shape({ type: text(), text: text({ max: 60 }) }, { required: ['text'] }),
  image: shape({ type: text(), image: mediaHeader }, { required: ['image'] }),
  video: shape({ type: text(), video: mediaHeader }, { required: ['video'] }),
  document: shape({ type: text(), document: mediaHeader }, { required: ['document'] }),
}

const anyHeader = ['text', 'image', 'video', 'document']

const button = shape(
  {
    type: oneOf('reply'),
    reply: shape({ id: text({ max: 256 }), title: text({ max: 20 }) }, { required: ['id', 'title'] }),
  },
  { required: ['type', 'reply'] },
)

const row = shape(
  { id: text({ max: 200 }), title: text({ max: 24 }), description: text({ min: 0, max: 72 }) },
  { required: ['id', 'title'] },
)

const listAction = all(
  shape(
    {
      button: text({ max: 20 }),
      sections: list(shape({ title: text({ max: 24 }), rows: list(row, { max: 10 }) }, { required: ['rows'] }), {
        max: 10,
      }),
    },
    { required: ['button', 'sections'] },
  ),
  rule((action) => rowsOf(action).length <= 10, "['sections'] must hold at most 10 rows in all"),
  rule((action) => isUnique(rowsOf(action).map((each) => each['id'])), "['sections'] must have unique row ids"),
  rule(
    (action) => partsOf(action['sections']).length < 2 || partsOf(action['sections']).every((part) => 'title' in part),
    "['sections'] need a title each when there is more than one",
  ),
)

const buttonAction = all(
  shape({ buttons: list(button, { max: 3 }) }, { required: ['buttons'] }),
  rule((action) => isUnique(repliesOf(action, 'id')), "['buttons'] must have unique ids"),
  rule((action) => isUnique(repliesOf(action, 'title')), "['buttons'] must have unique titles"),
)

const product = shape({ product_retailer_id: text() }, { required: ['product_retailer_id'] })

const named = (name: string, parameters: Check = object(), isNeeded = true): Check =>
  shape({ name: oneOf(name), parameters }, { required: isNeeded ? ['name', 'parameters'] : ['name'] })

/** Each `interactive.type` with its limits; what the reference does not detail is checked for its frame only. */
const TYPES: Record<string, Interactive> = {
  button: { action: buttonAction, bodyMax: 1_024, headers: anyHeader },
  list: { action: listAction, bodyMax: 4_096, headers: ['text'] },
  cta_url: {
    action: named(
      'cta_url',
      shape(
        { display_text: text({ max: 20 }), url: text({ pattern: /^https?:\/\/\S+$/, hint: 'is not a valid URI' }) },
        { required: ['display_text', 'url'] },
      ),
    ),
    bodyMax: 1_024,
    headers: anyHeader,
  },
  location_request_message: { action: named('send_location', object(), false), bodyMax: 1_024, headers: [] },
  flow: { action: named('flow'), bodyMax: 1_024, headers: anyHeader },
  product: {
    action: shape(
      { catalog_id: text(), product_retailer_id: text() },
      { required: ['catalog_id', 'product_retailer_id'] },
    ),
    bodyMax: 1_024,
    isBodyOptional: true,
    headers: [],
  },
  product_list: {
    action: shape(
      {
        catalog_id: text(),
        sections: list(
          shape(
            { title: text({ max: 24 }), product_items: list(product, { max: 30 }) },
            { required: ['product_items'] },
          ),
          { max: 10 },
        ),
      },
      { required: ['catalog_id', 'sections'] },
    ),
    bodyMax: 1_024,
    headers: ['text'],
    isHeaderRequired: true,
  },
  catalog_message: { action: named('catalog_message', object(), false), bodyMax: 1_024, headers: [] },
  call_permission_request: { action: named('call_permission_request', object(), false), bodyMax: 1_024, headers: [] },
  voice_call: { action: named('voice_call', object(), false), bodyMax: 1_024, headers: [] },
  address_message: { action: named('address_message'), bodyMax: 1_024, headers: [] },
  order_details: { action: named('review_and_pay'), bodyMax: 1_024, headers: anyHeader },
  order_status: { action: named('review_order'), bodyMax: 1_024, headers: [] },
}

/** The `interactive` object: its type decides action, header and the body's length. */
export const interactive: Check = (value, at) => {
  if (!isJson(value)) return object()(value, at)
  const type = String(value['type'])
  const rules = TYPES[type]
  if (rules === undefined) return oneOf(...Object.keys(TYPES))(value['type'], `${at}['type']`)
  const required = ['type', 'action', ...(rules.isBodyOptional === true ? [] : ['body'])]
  return shape(
    {
      type: text(),
      header: header(rules.headers),
      body: shape({ text: text({ max: rules.bodyMax }) }, { required: ['text'] }),
      footer,
      action: rules.action,
    },
    { required: rules.isHeaderRequired === true ? [...required, 'header'] : required },
  )(value, at)
}

function header(allowed: readonly string[]): Check {
  return (value, at) => {
    if (!isJson(value)) return object()(value, at)
    const check = allowed.includes(String(value['type'])) ? HEADERS[String(value['type'])] : undefined
    return check === undefined ? oneOf(...allowed)(value['type'], `${at}['type']`) : check(value, at)
  }
}

function partsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isJson) : []
}

function rowsOf(action: Record<string, unknown>): Record<string, unknown>[] {
  return partsOf(action['sections']).flatMap((section) => partsOf(section['rows']))
}

function repliesOf(action: Record<string, unknown>, key: string): unknown[] {
  return partsOf(action['buttons']).map((each) => (isJson(each['reply']) ? each['reply'][key] : undefined))
}

function isUnique(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length
}
