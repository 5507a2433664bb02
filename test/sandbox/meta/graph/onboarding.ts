import { asText } from '../state.ts'
import type { Json } from '../state.ts'
import type { Call } from './call.ts'
import { text } from './checks.ts'
import { badParameter } from './errors.ts'
import { checkCode, createNumber, registerNumber, sendCode } from './number-setup.ts'

const countryCode = text({ pattern: /^\d{1,3}$/, hint: 'is not a country calling code' })
const displayName = text({ min: 2, max: 75 })
const REGIONS = ['AU', 'ID', 'IN', 'JP', 'SG', 'KR', 'DE', 'CH', 'GB', 'BR', 'BH', 'ZA', 'AE', 'CA']

/** `POST /{WABA}/phone_numbers`: a new number, or one that moves here from another account; not yet verified. */
export function addNumber({ deps, node, body }: Call<'waba'>): Json {
  const { cc, phone_number: phone, verified_name: verifiedName } = body
  if (cc === undefined || phone === undefined) throw badParameter('The parameters cc and phone_number are required.')
  const isMove = [true, 'true', '1'].includes(flagOf(body['migrate_phone_number']))
  if (!isMove && typeof verifiedName !== 'string') throw badParameter('The parameter verified_name is required.')
  const problem = countryCode(cc, 'cc') ?? (isMove ? undefined : displayName(verifiedName, 'verified_name'))
  if (problem !== undefined) throw badParameter(problem.details)
  const digits = `${asText(cc)}${asText(phone)}`.replace(/\D/g, '')
  const number = createNumber(deps.world, node.waba, { digits, verifiedName: asText(verifiedName), isMove })
  return { id: number.id }
}

function flagOf(value: unknown): boolean | string {
  return typeof value === 'boolean' || typeof value === 'string' ? value : false
}

/** `POST /{phone}/request_code`: the code shows on the phone page and in `GET /__sandbox/state`. */
export function requestCode({ deps, node, body }: Call<'phone'>): Json {
  const method = asText(body['code_method'])
  if (!['SMS', 'VOICE'].includes(method)) throw badParameter('Param code_method must be one of {SMS, VOICE}')
  if (!/^[a-z]{2}(?:_[A-Z]{2})?$/.test(asText(body['language']))) throw badParameter('Param language is not valid')
  sendCode(deps.world, node.number, method)
  return { success: true }
}

export function verifyCode({ deps, node, body }: Call<'phone'>): Json {
  checkCode(deps.world, node.number, asText(body['code']))
  return { success: true, id: node.number.id }
}

/** `POST /{phone}/register`: 10 calls in 72 hours, then 133016. */
export function register({ deps, node, body }: Call<'phone'>): Json {
  if (body['messaging_product'] !== 'whatsapp') throw badParameter('The parameter messaging_product is required.')
  if (!/^\d{6}$/.test(asText(body['pin']))) throw badParameter('Param pin must be 6 digits')
  const region = body['data_localization_region']
  if (region !== undefined && !REGIONS.includes(asText(region))) {
    throw badParameter(`Param data_localization_region must be one of {${REGIONS.join(', ')}}`)
  }
  registerNumber(deps.world, node.number, asText(body['pin']))
  return { success: true }
}

export function deregister({ deps, node }: Call<'phone'>): Json {
  if (node.number.isOnBizApp === true)
    throw badParameter('The phone number is used in the WhatsApp Business app and cannot be deregistered.')
  node.number.isRegistered = false
  node.number.status = 'DISCONNECTED'
  deps.world.touch()
  return { success: true }
}
