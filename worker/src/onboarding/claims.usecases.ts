import type { Actor } from '../audit/audit.repo.ts'
import type { GraphAccess } from '../whatsapp/graph-client.ts'
import type { GraphNumber } from '../whatsapp/graph-numbers.ts'
import { listAccountNumbers, readAbout, requestCode, verifyCode } from '../whatsapp/graph-numbers.ts'
import { fetchCustomerToken } from '../whatsapp/graph-signup.ts'
import type { AppError } from '../platform/errors.ts'
import type { Claim, ClaimsRepo } from './claims.repo.ts'
import { nextTurnsAt } from './claims.repo.ts'
import { connectAccount } from './connect-account.usecases.ts'
import { RESEND_MS } from './number-steps.model.ts'
import { onboardingErrors } from './onboarding.errors.ts'
import type { OnboardingDeps } from './onboarding.ports.ts'
import type { MetaRefusal, SetupStep } from './setup-failures.model.ts'
import { ownFailure, setupFailureOf } from './setup-failures.model.ts'

export type ClaimDeps = OnboardingDeps & { claims: ClaimsRepo }

const CLAIM_MS = 10 * 60_000
const MAX_TRIES = 5
/** Claims of one account that an organisation may begin in a day: nobody can keep it from its owner by claiming again and again. */
const MAX_TURNS = 3

/** `aboutText`: null where Meta sent a code; else what to write into the number's profile, since a verified number gets no code. */
export type ClaimAnswer = { displayPhoneNumber: string; resendAt: string; aboutText: string | null }

/**
 * Claims an account that came by hosted signup, which names no organisation. Whoever claims it proves that its number is theirs: by
 * the code Meta sends there, or, where the number is verified and gets none, by digits in its public profile, which only the account's
 * owner can write. One organisation claims at a time.
 */
export async function beginClaim(
  deps: ClaimDeps,
  { wabaId, method }: { wabaId: string; method: 'SMS' | 'VOICE' },
): Promise<ClaimAnswer> {
  const claim = await claimOf(deps, wabaId)
  const now = deps.clock()
  const { orgId } = deps
  const isOurs = await deps.claims.begin({ orgId, wabaId, now, until: now + CLAIM_MS, turns: MAX_TURNS })
  if (!isOurs) {
    await deps.claims.want({ orgId, wabaId, now, waitMs: CLAIM_MS })
    throw await claimRefused(deps, wabaId, now)
  }
  const access = await customerAccess(deps, claim)
  const number = await claimNumber(deps, access, claim)
  const isFresh = claim.orgId === deps.orgId && claim.until > now && now - claim.sentAt < RESEND_MS
  const { phoneNumberId } = number
  if (number.codeStatus?.toLowerCase() === 'verified') {
    const code = isFresh && claim.code !== null ? claim.code : deps.newPin()
    await deps.claims.sent({ orgId: deps.orgId, wabaId, phoneNumberId, code, now })
    return answerOf(number, now, aboutText(code))
  }
  if (isFresh && claim.phoneNumberId === phoneNumberId) return answerOf(number, claim.sentAt, null)
  await deps.claims.sent({ orgId: deps.orgId, wabaId, phoneNumberId, code: null, now })
  const asked = await requestCode(access, phoneNumberId, { method, language: 'en_US' })
  // After a lost answer the code may come all the same.
  if (!asked.ok && asked.error.kind !== 'lost') await refuse(deps, wabaId, 'code', asked.error)
  return answerOf(number, now, null)
}

/** Why a claim could not begin: another one is under way, or its turn comes first; else this organisation began too many. */
async function claimRefused(deps: ClaimDeps, wabaId: string, now: number): Promise<AppError> {
  const { orgId, until, wantedUntil } = await claimOf(deps, wabaId)
  const waits = orgId === deps.orgId ? wantedUntil : until
  if (waits > now) return onboardingErrors.claimBusy(waits)
  const retryAt = new Date(nextTurnsAt(now)).toISOString()
  return onboardingErrors.failed(ownFailure('code', 'too_many_codes', now, { who: 'nobody', action: 'wait', retryAt }))
}

/** Proves a claim and connects the account. Once proved it may be repeated until it is connected. */
export async function confirmClaim(
  deps: ClaimDeps,
  actor: Actor,
  { wabaId, code }: { wabaId: string; code: string },
): Promise<void> {
  const claim = await claimOf(deps, wabaId)
  if (claim.claimedBy !== deps.orgId) await prove(deps, claim, code)
  const access = await customerAccess(deps, claim)
  const connected = await connectAccount(deps, {
    wabaId,
    token: access.token,
    tokenExpiresAt: null,
    tokenScopes: [],
    how: 'hosted',
    appPath: '',
    phoneNumberId: claim.phoneNumberId,
    isCoexistence: false,
    actor,
  })
  if (!connected.ok) throw onboardingErrors.failed(connected.error)
}

async function prove(deps: ClaimDeps, claim: Claim, code: string): Promise<void> {
  const { wabaId, phoneNumberId } = claim
  const now = deps.clock()
  if (!(await deps.claims.takeTry(deps.orgId, wabaId, now, MAX_TRIES)) || phoneNumberId === null) {
    const isOver = claim.orgId !== deps.orgId || claim.until <= now || phoneNumberId === null
    throw onboardingErrors.failed(ownFailure('verify', isOver ? 'code_too_old' : 'too_many_tries', now))
  }
  const access = await customerAccess(deps, claim)
  if (claim.code === null) {
    // Only Meta's own yes counts: that the number is verified by now may be somebody else's doing.
    const verified = await verifyCode(access, phoneNumberId, code)
    if (!verified.ok) throw onboardingErrors.failed(setupFailureOf('verify', verified.error, deps.clock()))
  } else {
    const about = await readAbout(access, phoneNumberId)
    if (!about.ok) throw onboardingErrors.failed(setupFailureOf('verify', about.error, deps.clock()))
    if (code !== claim.code || !about.value.includes(claim.code))
      throw onboardingErrors.failed(ownFailure('verify', 'code_wrong', deps.clock(), { details: about.value }))
  }
  if (!(await deps.claims.prove(deps.orgId, wabaId))) throw onboardingErrors.claimBusy(claim.until)
}

async function claimOf(deps: ClaimDeps, wabaId: string): Promise<Claim> {
  if (deps.systemToken === null) throw onboardingErrors.notOffered()
  const found = await deps.claims.find(wabaId)
  if (found === null) throw onboardingErrors.claimUnknown()
  if (found.owner !== null && found.owner !== deps.orgId) throw onboardingErrors.accountTaken(wabaId)
  return found.claim
}

async function customerAccess(deps: ClaimDeps, { wabaId, businessId }: Claim): Promise<GraphAccess> {
  const token = await fetchCustomerToken(deps.app, deps.systemToken ?? '', businessId)
  if (token.ok) return deps.graphAs(token.value)
  return refuse(deps, wabaId, 'facebook', token.error)
}

/** The number the claim began with; at first one that is not verified, to which Meta can send a code. */
async function claimNumber(
  deps: ClaimDeps,
  access: GraphAccess,
  { wabaId, phoneNumberId }: Claim,
): Promise<GraphNumber> {
  const numbers = await listAccountNumbers(access, wabaId)
  if (!numbers.ok) return refuse(deps, wabaId, 'facebook', numbers.error)
  const found =
    numbers.value.find((number) => number.phoneNumberId === phoneNumberId) ??
    numbers.value.find(({ codeStatus }) => codeStatus?.toLowerCase() !== 'verified') ??
    numbers.value[0]
  if (found !== undefined) return found
  await deps.claims.end(deps.orgId, wabaId, deps.clock())
  throw onboardingErrors.failed(ownFailure('facebook', 'number_invalid', deps.clock(), { action: 'open_meta' }))
}

/** Nothing was sent, so nobody has to wait for this claim to end. */
async function refuse(deps: ClaimDeps, wabaId: string, step: SetupStep, error: MetaRefusal): Promise<never> {
  await deps.claims.end(deps.orgId, wabaId, deps.clock())
  throw onboardingErrors.failed(setupFailureOf(step, error, deps.clock()))
}

function aboutText(code: string): string {
  return `Kaiwa ${code}`
}

function answerOf(number: GraphNumber, sentAt: number, about: string | null): ClaimAnswer {
  const resendAt = new Date(sentAt + RESEND_MS).toISOString()
  return { displayPhoneNumber: number.displayPhoneNumber, resendAt, aboutText: about }
}
