import { asText } from '../state.ts'
import { randomInt } from 'node:crypto'
import { newObjectId } from '../ids.ts'
import type { Json, NumberRecord } from '../state.ts'
import { isPossibleNumber } from '../phones.ts'
import type { Call } from './call.ts'
import { text } from './checks.ts'
import { badParameter, GraphError } from './errors.ts'

const countryCode = text({ pattern: /^\d{1,3}$/, hint: 'is not a country calling code' })
const displayName = text({ min: 2, max: 75 })
const CODE_LIFE_MS = 10 * 60_000
const WRONG_TRIES = 5
const REGISTRATIONS = 10
const REGISTRATION_WINDOW_MS = 72 * 3_600_000
const REGIONS = ['AU', 'ID', 'IN', 'JP', 'SG', 'KR', 'DE', 'CH', 'GB', 'BR', 'BH', 'ZA', 'AE', 'CA']

/** `POST /{WABA}/phone_numbers`: a new number, not yet verified. */
export function addNumber({ deps, node, body }: Call<'waba'>): Json {
  const { cc, phone_number: phone, verified_name: verifiedName } = body
  if (cc === undefined || phone === undefined) throw badParameter('The parameters cc and phone_number are required.')
  if (typeof verifiedName !== 'string') throw badParameter('The parameter verified_name is required.')
  const problem = countryCode(cc, 'cc') ?? displayName(verifiedName, 'verified_name')
  if (problem !== undefined) throw badParameter(problem.details)
  const digits = `${asText(cc)}${asText(phone)}`.replace(/\D/g, '')
  if (!isPossibleNumber(digits)) throw badParameter('Param phone_number is not a valid phone number')
  if (Object.values(deps.world.state.numbers).some((number) => number.digits === digits)) {
    throw badParameter('The phone number is already registered with a WhatsApp Business account')
  }
  const number: NumberRecord = {
    id: newObjectId(),
    wabaId: node.waba.id,
    displayPhoneNumber: `+${digits}`,
    digits,
    verifiedName,
    nameStatus: 'PENDING_REVIEW',
    qualityRating: 'NA',
    status: 'PENDING',
    codeVerificationStatus: 'UNVERIFIED',
    isRegistered: false,
    registrations: [],
    messagingLimit: 'TIER_250',
    profile: {},
  }
  deps.world.state.numbers[number.id] = number
  deps.world.touch()
  return { id: number.id }
}

/** `POST /{phone}/request_code`: the code shows in `GET /__sandbox/state`, as no telephone rings here. */
export function requestCode({ deps, node, body }: Call<'phone'>): Json {
  const { number } = node
  const method = asText(body['code_method'])
  if (!['SMS', 'VOICE'].includes(method)) throw badParameter('Param code_method must be one of {SMS, VOICE}')
  if (!/^[a-z]{2}(?:_[A-Z]{2})?$/.test(asText(body['language']))) throw badParameter('Param language is not valid')
  if (number.codeVerificationStatus === 'VERIFIED') {
    throw new GraphError(136024, 'The phone number has already been verified.')
  }
  number.code = {
    value: String(randomInt(1_000_000)).padStart(6, '0'),
    expiresAt: deps.world.clock.now() + CODE_LIFE_MS,
    method,
    wrongTries: 0,
  }
  deps.world.touch()
  return { success: true }
}

export function verifyCode({ deps, node, body }: Call<'phone'>): Json {
  const { number } = node
  const { code } = number
  if (!/^\d{6}$/.test(asText(body['code']))) throw badParameter('Param code must be 6 digits')
  if (code === undefined) throw new GraphError(136025, 'Ask for a code first.')
  if (code.wrongTries >= WRONG_TRIES)
    throw new GraphError(136025, 'The code was guessed too many times. Ask for a new one.')
  if (deps.world.clock.now() >= code.expiresAt) throw new GraphError(136025, 'The code has expired.')
  if (String(body['code']) !== code.value) {
    code.wrongTries += 1
    throw new GraphError(136025, 'The code is not correct.')
  }
  delete number.code
  number.codeVerificationStatus = 'VERIFIED'
  deps.world.touch()
  return { success: true, id: number.id }
}

/** `POST /{phone}/register`: 10 calls in 72 hours, then 133016. */
export function register({ deps, node, body }: Call<'phone'>): Json {
  const { number } = node
  const now = deps.world.clock.now()
  if (body['messaging_product'] !== 'whatsapp') throw badParameter('The parameter messaging_product is required.')
  if (!/^\d{6}$/.test(asText(body['pin']))) throw badParameter('Param pin must be 6 digits')
  const region = body['data_localization_region']
  if (region !== undefined && !REGIONS.includes(asText(region))) {
    throw badParameter(`Param data_localization_region must be one of {${REGIONS.join(', ')}}`)
  }
  number.registrations = number.registrations.filter((at) => at > now - REGISTRATION_WINDOW_MS)
  if (number.registrations.length >= REGISTRATIONS) {
    throw new GraphError(
      133016,
      'There were too many registration attempts for this phone number. Try again after 72 hours.',
    )
  }
  number.registrations.push(now)
  if (number.codeVerificationStatus !== 'VERIFIED') throw new GraphError(133006, 'The phone number is not verified.')
  if (number.pin !== undefined && number.pin !== body['pin']) throw new GraphError(133005, 'The PIN is not correct.')
  number.pin = String(body['pin'])
  number.isRegistered = true
  number.status = 'CONNECTED'
  deps.world.touch()
  return { success: true }
}

export function deregister({ deps, node }: Call<'phone'>): Json {
  node.number.isRegistered = false
  node.number.status = 'DISCONNECTED'
  deps.world.touch()
  return { success: true }
}
