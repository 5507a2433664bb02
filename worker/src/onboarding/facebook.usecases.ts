import type { FacebookAttempt, FacebookWindow, SetupFailure } from '../../../contract/index.ts'
import { facebookAttemptSchema } from '../../../contract/index.ts'
import type { Actor } from '../audit/audit.repo.ts'
import type { GraphAnswer } from '../whatsapp/graph-request.ts'
import { debugToken, exchangeCode } from '../whatsapp/graph-signup.ts'
import type { AttemptRow } from './attempts.repo.ts'
import { connectAccount } from './connect-account.usecases.ts'
import type { OpenWindow } from './directory.repo.ts'
import { onboardingErrors } from './onboarding.errors.ts'
import type { OnboardingDeps } from './onboarding.ports.ts'
import { ownFailure, setupFailureOf } from './setup-failures.model.ts'
import type { SignupEvent } from './signup.model.ts'
import { chosenAccount, tokenTrouble } from './signup.model.ts'

/** How long a ticket waits for its window, and how long the page in it may be used. */
const TICKET_MS = 5 * 60_000
const PAGE_MS = 60 * 60_000
/** Work that takes longer was cut short. */
const WORK_MS = 90_000

/** A one-time ticket for the window that asks Facebook. */
export async function openFacebookWindow(
  deps: OnboardingDeps,
  { id, name }: Actor,
  isCoexistence: boolean,
): Promise<FacebookWindow> {
  if (deps.publicOrigin === null) throw onboardingErrors.notOffered()
  const now = deps.clock()
  const attemptId = `fb_${deps.newSecret().slice(0, 20)}`
  const ticket = deps.newSecret()
  const expiresAt = now + TICKET_MS
  await deps.attempts.start({ id: attemptId, isCoexistence, startedBy: `${id}:${name}`, now })
  await deps.directory.addWindow({ sha256: await deps.sha256(ticket), orgId: deps.orgId, attemptId, expiresAt })
  const url = new URL('/connect/facebook', deps.publicOrigin)
  url.searchParams.set('ticket', ticket)
  return { attemptId, url: url.toString(), expiresAt: new Date(expiresAt).toISOString() }
}

export type WindowPorts = Pick<OnboardingDeps, 'directory' | 'sha256' | 'newSecret' | 'clock'>

/** Opens the window of a ticket, once. `page` is the secret that its page answers with. */
export async function enterWindow(
  { directory, sha256, newSecret, clock }: WindowPorts,
  ticket: string,
): Promise<OpenWindow & { page: string }> {
  const page = newSecret()
  const now = clock()
  const opened = await directory.openWindow(await sha256(ticket), await sha256(page), now, now + PAGE_MS)
  if (opened === null) throw onboardingErrors.windowUsed()
  return { ...opened, page }
}

/** The window of a page's secret. */
export async function windowOf({ directory, sha256, clock }: WindowPorts, page: string): Promise<OpenWindow> {
  const found = await directory.findWindow(await sha256(page), clock())
  if (found === null) throw onboardingErrors.windowUsed()
  return found
}

/** What became of a try. Work that was cut short reads as a failure that can be repeated. */
export async function readAttempt(deps: OnboardingDeps, attemptId: string): Promise<FacebookAttempt> {
  const attempt = await deps.attempts.find(attemptId)
  if (attempt === null) throw onboardingErrors.attemptUnknown()
  return viewOf(attempt, deps.clock())
}

/**
 * What the window brought back from Meta's dialog: a code, worth something once and for 30 seconds, and the dialog's word. Of several
 * answers at once one is worked on; a repeated one after the end finds what became of it.
 */
export async function takeResult(
  deps: OnboardingDeps,
  attemptId: string,
  result: { code: string | null; event: SignupEvent | null },
): Promise<FacebookAttempt> {
  const now = deps.clock()
  const attempt = await deps.attempts.find(attemptId)
  if (attempt === null) throw onboardingErrors.attemptUnknown()
  if (!(await deps.attempts.begin(attemptId, now, now - WORK_MS))) return readAttempt(deps, attemptId)
  try {
    if (result.code === null) await endWithoutCode(deps, attemptId, result.event)
    else await connectByCode(deps, attempt, result.code, result.event)
  } catch (error) {
    await deps.attempts.failed(
      attemptId,
      ownFailure('facebook', 'other', deps.clock(), { who: 'nobody' }),
      deps.clock(),
    )
    throw error
  }
  return readAttempt(deps, attemptId)
}

async function endWithoutCode(
  { attempts, clock }: OnboardingDeps,
  id: string,
  event: SignupEvent | null,
): Promise<void> {
  if (event?.kind === 'error') {
    const failure = ownFailure('facebook', 'other', clock(), { who: 'meta', details: event.message })
    await attempts.failed(id, failure, clock())
  } else await attempts.cancelled(id, event?.kind === 'cancelled' ? event.step : null, clock())
}

async function connectByCode(
  deps: OnboardingDeps,
  attempt: AttemptRow,
  code: string,
  event: SignupEvent | null,
): Promise<void> {
  const { attemptId } = attempt
  const fail = (failure: SetupFailure) => deps.attempts.failed(attemptId, failure, deps.clock())
  const refused = (answer: Extract<GraphAnswer<unknown>, { ok: false }>) =>
    fail(setupFailureOf('facebook', answer.error, deps.clock()))

  const token = await exchange(deps, code)
  if (!token.ok) return refused(token)
  const claims = await debugToken(deps.app, token.value)
  if (!claims.ok) return refused(claims)
  const trouble = tokenTrouble(claims.value, deps.app.appId)
  if (trouble !== null) return fail(ownFailure('facebook', trouble, deps.clock(), { action: 'reconnect' }))
  const signup = event?.kind === 'finished' ? event : null
  const wabaId = chosenAccount(claims.value, signup?.wabaId ?? null)
  if (wabaId === null) return fail(ownFailure('facebook', 'wrong_account', deps.clock()))
  const connected = await connectAccount(deps, {
    wabaId,
    token: token.value,
    tokenExpiresAt: claims.value.expiresAt,
    tokenScopes: claims.value.scopes,
    how: 'embedded',
    appPath: '',
    phoneNumberId: signup?.phoneNumberId ?? null,
    isCoexistence: signup?.isCoexistence ?? attempt.isCoexistence,
    actor: actorOf(attempt),
  })
  if (!connected.ok) return fail(connected.error)
  await deps.attempts.done(attemptId, connected.value, deps.clock())
}

/** A lost answer may not have used the code up: it is tried once more while it lives. */
async function exchange({ app }: OnboardingDeps, code: string): Promise<GraphAnswer<string>> {
  const first = await exchangeCode(app, code)
  return first.ok || first.error.kind === 'refused' ? first : exchangeCode(app, code)
}

function actorOf({ startedBy }: AttemptRow): Actor {
  const colon = startedBy.indexOf(':')
  return { kind: 'administrator', id: startedBy.slice(0, colon), name: startedBy.slice(colon + 1) }
}

function viewOf(attempt: AttemptRow, now: number): FacebookAttempt {
  const isCut = attempt.state === 'working' && attempt.changedAt < now - WORK_MS
  return facebookAttemptSchema.parse({
    attemptId: attempt.attemptId,
    state: isCut ? 'failed' : attempt.state,
    leftAt: attempt.leftAt,
    failure: isCut ? ownFailure('facebook', 'code_expired', now) : attempt.failure,
    wabaId: attempt.wabaId,
    phoneNumberId: attempt.phoneNumberId,
  })
}
