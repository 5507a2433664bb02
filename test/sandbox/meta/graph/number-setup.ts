import { randomInt } from 'node:crypto'
import { newObjectId } from '../ids.ts'
import { formatted, isPossibleNumber } from '../phones.ts'
import type { NumberRecord, WabaRecord } from '../state.ts'
import type { World } from '../world.ts'
import { badParameter, GraphError } from './errors.ts'
import { fieldError } from './field-errors.ts'
import { sourceOfMove } from './moving.ts'

const CODE_LIFE_MS = 10 * 60_000
const HOUR_MS = 3_600_000
const REGISTRATION_WINDOW_MS = 72 * HOUR_MS

export type NewNumber = { digits: string; verifiedName: string; isMove: boolean }

/** Adds a number to an account, not yet verified. Throws where the number is in use, cannot be, or is one too many. */
export function createNumber(
  world: World,
  waba: WabaRecord,
  { digits, verifiedName, isMove }: NewNumber,
): NumberRecord {
  if (!isPossibleNumber(digits)) throw badParameter('Param phone_number is not a valid phone number')
  const source = isMove ? sourceOfMove(world, waba, digits) : undefined
  if (source === undefined) refuseInUse(world, digits)
  refuseTooMany(world, waba)
  refuseRestricted(world, waba)
  const number: NumberRecord = {
    id: newObjectId(),
    wabaId: waba.id,
    displayPhoneNumber: source?.displayPhoneNumber ?? formatted(digits),
    digits,
    verifiedName: source?.verifiedName ?? verifiedName,
    nameStatus: source?.nameStatus ?? 'PENDING_REVIEW',
    qualityRating: source?.qualityRating ?? 'NA',
    status: 'PENDING',
    codeVerificationStatus: 'UNVERIFIED',
    isRegistered: false,
    registrations: [],
    messagingLimit: source?.messagingLimit ?? 'TIER_250',
    profile: { ...source?.profile },
    ...(source === undefined ? {} : { movesFrom: source.id }),
  }
  world.state.numbers[number.id] = number
  world.touch()
  return number
}

function refuseInUse(world: World, digits: string): void {
  const line = world.state.lines[digits]
  if (line !== undefined) {
    const where = line.use === 'messenger' ? 'WhatsApp Messenger' : 'the WhatsApp Business app'
    throw fieldError(
      world,
      'numberInUse',
      'Phone number is registered to an existing WhatsApp account',
      `This number is used in ${where}. To use it here, delete that account in the app first.`,
    )
  }
  if (!Object.values(world.state.numbers).some((number) => number.digits === digits && number.status !== 'MIGRATED'))
    return
  throw fieldError(
    world,
    'numberInUse',
    'Phone number is already registered',
    'The phone number is already registered with a WhatsApp Business account.',
  )
}

function refuseTooMany(world: World, waba: WabaRecord): void {
  const business = world.state.businesses[waba.businessId]
  if (business?.verificationStatus === 'verified') return
  const own = Object.values(world.state.numbers).filter(
    ({ wabaId, isRegistered }) => isRegistered && world.state.wabas[wabaId]?.businessId === waba.businessId,
  )
  if (own.length < world.settings.onboarding.numbersUnverified) return
  throw fieldError(
    world,
    'numberLimit',
    'Phone number limit reached',
    'Your business has reached the number of phone numbers that it may have. Verify your business to add more.',
  )
}

function refuseRestricted(world: World, { restrictions = [], isBanned }: WabaRecord): void {
  if (isBanned === true) throw new GraphError(131031, 'The account has been locked.')
  const now = world.nowSeconds()
  if (restrictions.some(({ type, until }) => type === 'RESTRICTED_ADD_PHONE_NUMBER_ACTION' && until > now))
    throw new GraphError(368, 'The WhatsApp Business Account may not add phone numbers for now.')
}

/** Sends a code to the number's owner by text or call; it shows on the phone page and in the state. */
export function sendCode(world: World, number: NumberRecord, method: string): void {
  if (number.codeVerificationStatus === 'VERIFIED') {
    throw new GraphError(136024, 'The phone number has already been verified.')
  }
  const now = world.clock.now()
  const lately = (number.codesSent ?? []).filter((at) => at > now - HOUR_MS)
  if (lately.length >= world.settings.onboarding.codesPerHour) {
    throw fieldError(
      world,
      'tooManyCodes',
      'Cannot send verification code',
      'A verification code was requested too many times. Wait one hour before you request another one.',
    )
  }
  number.codesSent = [...lately, now]
  number.code = {
    value: String(randomInt(1_000_000)).padStart(6, '0'),
    expiresAt: now + CODE_LIFE_MS,
    method,
    wrongTries: 0,
  }
  world.touch()
}

/** Verifies the number by the code that was sent last: once, within 10 minutes, a few tries. */
export function checkCode(world: World, number: NumberRecord, given: string): void {
  if (!/^\d{6}$/.test(given)) throw badParameter('Param code must be 6 digits')
  const { code } = number
  if (code === undefined) throw new GraphError(136025, 'Ask for a code first.')
  if (code.wrongTries >= world.settings.onboarding.wrongCodes)
    throw new GraphError(136025, 'The code was guessed too many times. Ask for a new one.')
  if (world.clock.now() >= code.expiresAt) throw new GraphError(136025, 'The code has expired.')
  if (given !== code.value) {
    code.wrongTries += 1
    world.touch()
    throw new GraphError(136025, 'The code is not correct.')
  }
  delete number.code
  number.codeVerificationStatus = 'VERIFIED'
  world.touch()
}

/** Registers a verified number for the Cloud API and sets or checks its two-step PIN. */
export function registerNumber(world: World, number: NumberRecord, pin: string): void {
  const now = world.clock.now()
  number.registrations = number.registrations.filter((at) => at > now - REGISTRATION_WINDOW_MS)
  if (number.registrations.length >= world.settings.onboarding.registrations) {
    throw new GraphError(
      133016,
      'There were too many registration attempts for this phone number. Try again after 72 hours.',
    )
  }
  number.registrations.push(now)
  if (world.wabaOf(number).isBanned === true || number.status === 'BANNED')
    throw new GraphError(131031, 'The account has been locked.')
  if (number.isOnBizApp === true)
    throw badParameter('The phone number is used in the WhatsApp Business app and cannot be registered.')
  if (number.codeVerificationStatus !== 'VERIFIED') throw new GraphError(133006, 'The phone number is not verified.')
  checkPin(world, number, pin)
  number.pin = pin
  number.isRegistered = true
  number.status = 'CONNECTED'
  number.onboardedAt = now
  completeMove(world, number)
  world.touch()
}

function checkPin(world: World, number: NumberRecord, pin: string): void {
  if (number.pin === undefined) return
  const { wrongPins, pinIntervalMs } = world.settings.onboarding
  const now = world.clock.now()
  const lately = (number.wrongPins ?? []).filter((at) => at > now - HOUR_MS)
  number.wrongPins = lately
  if (lately.length >= wrongPins) throw new GraphError(133008, 'The PIN was guessed too many times. Try again later.')
  if (pinIntervalMs > 0 && (lately.at(-1) ?? Number.NEGATIVE_INFINITY) > now - pinIntervalMs)
    throw new GraphError(133009, 'The PIN was entered too fast. Wait before you try again.')
  if (number.pin === pin) return
  lately.push(now)
  world.touch()
  throw new GraphError(133005, 'The PIN is not correct.')
}

/** A number that moved leaves the account it came from; its history stays there. */
function completeMove(world: World, number: NumberRecord): void {
  const source = number.movesFrom === undefined ? undefined : world.state.numbers[number.movesFrom]
  if (source === undefined) return
  source.status = 'MIGRATED'
  source.isRegistered = false
  delete number.movesFrom
}
