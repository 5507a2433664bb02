import type { Json } from '../state.ts'
import { list, oneOf, shape, text } from './checks.ts'
import { fieldsOf } from './call.ts'
import type { Call } from './call.ts'
import { badParameter } from './errors.ts'

const VERTICALS =
  'ALCOHOL APPAREL AUTO BEAUTY EDU ENTERTAIN EVENT_PLAN FINANCE GOVT GROCERY HEALTH HOTEL NONPROFIT ONLINE_GAMBLING OTC_DRUGS OTHER PHYSICAL_GAMBLING PROF_SERVICES RESTAURANT RETAIL TRAVEL UNDEFINED NOT_A_BIZ'

const FIELDS = [
  'about',
  'address',
  'description',
  'email',
  'profile_picture_url',
  'websites',
  'vertical',
  'messaging_product',
]

const rules = shape({
  messaging_product: oneOf('whatsapp'),
  about: text({ max: 139 }),
  address: text({ min: 0, max: 256 }),
  description: text({ min: 0, max: 512 }),
  email: text({ min: 0, max: 128, pattern: /^(?:[^@\s]+@[^@\s]+)?$/, hint: 'is not a valid email address' }),
  websites: list(text({ max: 256, pattern: /^https?:\/\//, hint: 'is not a valid URI' }), { min: 0, max: 2 }),
  vertical: oneOf('', ...VERTICALS.split(' ')),
  profile_picture_handle: text(),
})

/** `GET /{phone}/whatsapp_business_profile`: only the fields that are asked for, in the flat form. */
export function getProfile({ node, query }: Call<'phone'>): Json {
  const asked = fieldsOf(query) ?? []
  const stranger = asked.find((field) => !FIELDS.includes(field))
  if (stranger !== undefined) throw badParameter(`Tried accessing nonexisting field (${stranger})`)
  const known = asked.filter((field) => node.number.profile[field] !== undefined)
  const picked = Object.fromEntries(known.map((field) => [field, node.number.profile[field]]))
  return { data: [{ ...picked, messaging_product: 'whatsapp' }] }
}

export function postProfile({ deps, node, body }: Call<'phone'>): Json {
  if (body['messaging_product'] !== 'whatsapp') throw badParameter('The parameter messaging_product is required.')
  const problem = rules(body, 'whatsapp_business_profile')
  if (problem !== undefined) throw badParameter(problem.details)
  const { messaging_product: _product, profile_picture_handle: handle, ...changes } = body
  Object.assign(node.number.profile, changes)
  if (typeof handle === 'string') node.number.profile['profile_picture_url'] = `https://pps.whatsapp.net/${handle}`
  deps.world.touch()
  return { success: true }
}
