import type { SetupFailure } from '../../../contract/index.ts'
import type { Actor } from '../audit/audit.repo.ts'
import type { GraphAccess } from '../whatsapp/graph-client.ts'
import type { GraphNumber } from '../whatsapp/graph-numbers.ts'
import {
  readNumber,
  registerNumber,
  requestCode,
  requestName,
  verifyCode,
  writeProfile,
} from '../whatsapp/graph-numbers.ts'
import type { AccountRow, NumberRow } from './accounts.rows.ts'
import { registrationOf, RESEND_MS } from './number-steps.model.ts'
import { onboardingErrors } from './onboarding.errors.ts'
import type { OnboardingDeps } from './onboarding.ports.ts'
import { told } from './onboarding.ports.ts'
import type { SetupStep } from './setup-failures.model.ts'
import { ownFailure, setupFailureOf } from './setup-failures.model.ts'

type Found = { number: NumberRow; account: AccountRow; access: GraphAccess }

/** A number with the account whose token speaks for it. Throws 404 where it is not this organisation's. */
export async function findNumber(deps: OnboardingDeps, phoneNumberId: string): Promise<Found> {
  const number = await deps.numbers.find(phoneNumberId)
  const account = number === null ? null : await deps.accounts.find(number.wabaId)
  if (number === null || account === null) throw onboardingErrors.numberUnknown()
  return { number, account, access: await accessOf(deps, account) }
}

/** Graph as the account's customer lets us use it. */
export async function accessOf(deps: OnboardingDeps, { wabaId, token }: AccountRow): Promise<GraphAccess> {
  return deps.graphAs(await deps.secrets.openAccountToken(wabaId, token))
}

/**
 * Has Meta send a code. A number that is verified already needs none, and within a minute of the last code another one is not asked
 * for, however often it is repeated: Meta counts.
 */
export async function askForCode(
  deps: OnboardingDeps,
  actor: Actor,
  phoneNumberId: string,
  code: { method: 'SMS' | 'VOICE'; language: string },
): Promise<void> {
  const { number, access } = await findNumber(deps, phoneNumberId)
  if (number.isVerified || number.isCoexistent || (await isVerifiedAtMeta(deps, actor, { number, access }, 'code')))
    return
  const now = deps.clock()
  if (!(await deps.numbers.claimCode(phoneNumberId, code.method, now, now - RESEND_MS))) return
  const asked = await requestCode(access, phoneNumberId, code)
  if (asked.ok) return
  // A lost answer may bring a code all the same: where to enter it stays open.
  if (asked.error.kind !== 'lost') await deps.numbers.forgetCode(phoneNumberId)
  if (asked.error.code === 136024 && (await isVerifiedAtMeta(deps, actor, { number, access }, 'code'))) return
  await refuse(deps, number, setupFailureOf('code', asked.error, deps.clock()))
}

/** Verifies by the code. After a lost answer, or a code that somebody else used a moment ago, Meta is asked whether it is done. */
export async function enterCode(
  deps: OnboardingDeps,
  actor: Actor,
  phoneNumberId: string,
  code: string,
): Promise<void> {
  const { number, access } = await findNumber(deps, phoneNumberId)
  if (number.isVerified || number.isCoexistent) return
  const verified = await verifyCode(access, phoneNumberId, code)
  if (verified.ok) await noteVerified(deps, actor, number)
  else if (!(await isVerifiedAtMeta(deps, actor, { number, access }, null)))
    await refuse(deps, number, setupFailureOf('verify', verified.error, deps.clock()))
}

/**
 * Registers a verified number with Meta, and gives it the profile that was drafted. The PIN is kept, sealed, before Meta hears of it;
 * two at once use the same. `pin`: the one the number has already.
 */
export async function register(
  deps: OnboardingDeps,
  actor: Actor,
  phoneNumberId: string,
  pin: string | null,
): Promise<void> {
  const { number, account, access } = await findNumber(deps, phoneNumberId)
  if (number.isCoexistent) return
  if (!number.isRegistered) await registerOnce(deps, actor, { number, account, access }, pin)
  if (number.profileAppliedAt === null && account.draft !== null)
    await applyDraft(deps, actor, { number, account, access })
}

async function registerOnce(deps: OnboardingDeps, actor: Actor, found: Found, pin: string | null): Promise<void> {
  const { number, access } = found
  const { phoneNumberId } = number
  const current = await readNumber(access, phoneNumberId)
  if (!current.ok) await refuse(deps, number, setupFailureOf('register', current.error, deps.clock()))
  else if (isRegistered(current.value)) return noteRegistered(deps, actor, number)
  else if (!isVerified(current.value)) await refuse(deps, number, ownFailure('register', 'not_verified', deps.clock()))

  const used = pin ?? (await ownPin(deps, number))
  const registered = await registerNumber(access, phoneNumberId, used)
  if (registered.ok || (await isRegisteredAtMeta(access, phoneNumberId))) {
    if (pin !== null) await deps.numbers.savePin(phoneNumberId, await deps.secrets.sealPin(phoneNumberId, pin))
    return noteRegistered(deps, actor, number)
  }
  // It has a PIN of its own: the one we made is worth nothing, and the person is asked.
  if (pin === null && registered.error.code === 133005) await deps.numbers.forgetPin(phoneNumberId)
  await refuse(deps, number, setupFailureOf('register', registered.error, deps.clock()))
}

/** Gives a number the drafted profile; the name goes to Meta's review where it is another one than it has. */
export async function applyProfile(deps: OnboardingDeps, actor: Actor, phoneNumberId: string): Promise<void> {
  const found = await findNumber(deps, phoneNumberId)
  if (found.account.draft === null) throw onboardingErrors.draftMissing()
  const failure = await applyDraft(deps, actor, found)
  if (failure !== null) throw onboardingErrors.failed(failure)
}

async function applyDraft(deps: OnboardingDeps, actor: Actor, found: Found): Promise<SetupFailure | null> {
  const { number, account, access } = found
  if (account.draft === null) return null
  const { displayName, ...profile } = account.draft
  const isRenamed = number.verifiedName !== null && number.verifiedName !== '' && number.verifiedName !== displayName
  const written = await writeProfile(access, number.phoneNumberId, profile)
  const renamed = written.ok && isRenamed ? await requestName(access, number.phoneNumberId, displayName) : written
  const error = written.ok ? (renamed.ok ? null : renamed.error) : written.error
  if (error === null) {
    const now = deps.clock()
    await deps.numbers.profileApplied(
      number.phoneNumberId,
      now,
      told({ actor, now }, 'profile.saved', number.displayPhoneNumber),
    )
    return null
  }
  const failure = setupFailureOf('profile', error, deps.clock())
  await deps.numbers.saveFailure(number.phoneNumberId, failure)
  return failure
}

/** The number of the larger trial, chosen once. */
export async function designate(deps: OnboardingDeps, actor: Actor, phoneNumberId: string): Promise<void> {
  const number = await deps.numbers.find(phoneNumberId)
  if (number === null) throw onboardingErrors.numberUnknown()
  const entry = told({ actor, now: deps.clock() }, 'number.designated', number.displayPhoneNumber)
  const chosen = await deps.numbers.designate(phoneNumberId, entry)
  if (chosen !== phoneNumberId) throw onboardingErrors.designatedAlready(chosen)
}

/** The PIN that Kaiwa made for the number, made now if there is none. */
async function ownPin(deps: OnboardingDeps, { phoneNumberId }: NumberRow): Promise<string> {
  const made = await deps.secrets.sealPin(phoneNumberId, deps.newPin())
  return deps.secrets.openPin(phoneNumberId, await deps.numbers.ensurePin(phoneNumberId, made))
}

/** Whether Meta has the number as verified; then it is so here too. A look that fails is refused at `step`, or says no where it is null. */
async function isVerifiedAtMeta(
  deps: OnboardingDeps,
  actor: Actor,
  { number, access }: Pick<Found, 'number' | 'access'>,
  step: SetupStep | null,
): Promise<boolean> {
  const current = await readNumber(access, number.phoneNumberId)
  if (!current.ok && step !== null) await refuse(deps, number, setupFailureOf(step, current.error, deps.clock()))
  if (!current.ok || !isVerified(current.value)) return false
  await noteVerified(deps, actor, number)
  return true
}

async function isRegisteredAtMeta(access: GraphAccess, phoneNumberId: string): Promise<boolean> {
  const current = await readNumber(access, phoneNumberId)
  return current.ok && isRegistered(current.value)
}

function isVerified({ codeStatus }: GraphNumber): boolean {
  return codeStatus?.toLowerCase() === 'verified'
}

function isRegistered({ platformStatus }: GraphNumber): boolean {
  return registrationOf(platformStatus) === true
}

async function noteVerified(deps: OnboardingDeps, actor: Actor, number: NumberRow): Promise<void> {
  const now = deps.clock()
  await deps.numbers.verified(
    number.phoneNumberId,
    now,
    told({ actor, now }, 'number.verified', number.displayPhoneNumber),
  )
}

async function noteRegistered(deps: OnboardingDeps, actor: Actor, number: NumberRow): Promise<void> {
  const now = deps.clock()
  const entry = told({ actor, now }, 'number.registered', number.displayPhoneNumber)
  await deps.numbers.registered(number.phoneNumberId, now, entry)
}

/** Keeps the failure on the number and answers it. */
async function refuse(deps: OnboardingDeps, { phoneNumberId }: NumberRow, failure: SetupFailure): Promise<never> {
  await deps.numbers.saveFailure(phoneNumberId, failure)
  throw onboardingErrors.failed(failure)
}
