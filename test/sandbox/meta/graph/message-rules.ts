import { isJson } from '../state.ts'
import { all, bool, invalid, list, numeric, object, oneOf, rule, shape, text, uri } from './checks.ts'
import type { Check } from './checks.ts'
import { interactive } from './interactive-rules.ts'

/** What Graph answers for a wrong value of this type; a missing one is 131008 below the type object. */
type TypeRules = { check: Check; invalidCode: 100 | 131009 }

const id = text({ max: 256 })
const link = text({ max: 8_192, pattern: /^https?:\/\/\S+$/, hint: 'is not a valid URI' })
const caption = text({ min: 0, max: 1_024 })
const email = text({ max: 320, pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, hint: 'is not a valid email address' })
const kindOfAddress = text({ min: 0, max: 64 })
const idOrLink = { either: ['id', 'link'] } as const

const media = (extra: Record<string, Check> = {}): Check => shape({ id, link, ...extra }, idOrLink)

const person = shape(
  {
    name: shape(
      {
        formatted_name: text(),
        first_name: text({ min: 0 }),
        last_name: text({ min: 0 }),
        middle_name: text({ min: 0 }),
        prefix: text({ min: 0 }),
        suffix: text({ min: 0 }),
      },
      { required: ['formatted_name'] },
    ),
    phones: list(shape({ phone: text(), wa_id: text(), type: kindOfAddress }, { required: ['phone'] }), {
      min: 0,
      max: 100,
    }),
    emails: list(shape({ email, type: kindOfAddress }, { required: ['email'] }), { min: 0, max: 100 }),
    org: shape({ company: text({ min: 0 }), department: text({ min: 0 }), title: text({ min: 0 }) }),
    urls: list(shape({ url: uri(), type: kindOfAddress }, { required: ['url'] }), { min: 0, max: 100 }),
    addresses: list(
      shape({
        street: text({ min: 0 }),
        city: text({ min: 0 }),
        state: text({ min: 0 }),
        zip: text({ min: 0 }),
        country: text({ min: 0 }),
        country_code: text({ min: 0 }),
        type: kindOfAddress,
      }),
      { min: 0, max: 100 },
    ),
    birthday: text({ pattern: /^\d{4}-\d{2}-\d{2}$/, hint: 'must be YYYY-MM-DD' }),
  },
  { required: ['name'] },
)

const emoji: Check = (value, at) =>
  typeof value === 'string' && (value === '' || /^(?:\p{RGI_Emoji}|\p{Extended_Pictographic}\uFE0F?)$/v.test(value))
    ? undefined
    : invalid(`Param ${at} must be one emoji or an empty string`)

const namedParameter = (extra: Record<string, Check>): Check =>
  shape({ type: text(), parameter_name: text(), ...extra })

const PARAMETERS: Record<string, Check> = {
  text: namedParameter({ text: text() }),
  currency: namedParameter({
    currency: shape(
      { fallback_value: text(), code: text({ min: 3, max: 3 }), amount_1000: numeric(0, Number.MAX_SAFE_INTEGER) },
      { required: ['fallback_value', 'code', 'amount_1000'] },
    ),
  }),
  date_time: namedParameter({ date_time: object() }),
  image: namedParameter({ image: media() }),
  video: namedParameter({ video: media() }),
  document: namedParameter({ document: media({ filename: text({ max: 240 }) }) }),
  location: namedParameter({ location: object() }),
  payload: namedParameter({ payload: text({ max: 256 }) }),
  coupon_code: namedParameter({ coupon_code: text({ max: 20 }) }),
  action: namedParameter({ action: object() }),
}

const parameter: Check = (value, at) => {
  if (!isJson(value)) return object()(value, at)
  const type = String(value['type']).toLowerCase()
  const check = PARAMETERS[type]
  if (check === undefined) return oneOf(...Object.keys(PARAMETERS))(value['type'], `${at}['type']`)
  return value[type] === undefined
    ? { kind: 'missing', details: `The parameter ${at}['${type}'] is required.` }
    : check(value, at)
}

const template = shape(
  {
    name: text({ max: 512 }),
    language: shape({ code: text(), policy: oneOf('deterministic') }, { required: ['code'] }),
    components: list(
      shape(
        {
          type: text(),
          sub_type: text(),
          index: numeric(0, 9),
          parameters: list(parameter, { min: 0, max: 200 }),
        },
        { required: ['type'] },
      ),
      { min: 0, max: 20 },
    ),
  },
  { required: ['name', 'language'] },
)

/** Each type of section 7 with its limits. The type object stands under the type's own name. */
export const messageTypes: Record<string, TypeRules> = {
  text: {
    check: shape({ body: text({ max: 4_096 }), preview_url: bool() }, { required: ['body'] }),
    invalidCode: 100,
  },
  image: { check: media({ caption }), invalidCode: 100 },
  video: { check: media({ caption }), invalidCode: 100 },
  document: { check: media({ caption, filename: text({ max: 240 }) }), invalidCode: 100 },
  audio: { check: media({ voice: bool() }), invalidCode: 100 },
  sticker: { check: media(), invalidCode: 100 },
  location: {
    check: shape(
      {
        latitude: numeric(-90, 90),
        longitude: numeric(-180, 180),
        name: text({ min: 0, max: 1_000 }),
        address: text({ min: 0, max: 1_000 }),
      },
      { required: ['latitude', 'longitude'] },
    ),
    invalidCode: 131009,
  },
  contacts: { check: list(person, { max: 257 }), invalidCode: 131009 },
  reaction: {
    check: all(
      shape({ message_id: text(), emoji }, { required: ['message_id', 'emoji'] }),
      rule((value) => String(value['message_id']).startsWith('wamid.'), 'has no valid message_id'),
    ),
    invalidCode: 100,
  },
  interactive: { check: interactive, invalidCode: 131009 },
  template: { check: template, invalidCode: 100 },
}
