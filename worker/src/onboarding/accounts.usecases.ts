import type { ProfileDraft, SetupFailure } from '../../../contract/index.ts'
import type { Actor } from '../audit/audit.repo.ts'
import { unsubscribe } from '../whatsapp/graph-accounts.ts'
import type { GraphAccess } from '../whatsapp/graph-client.ts'
import type { GraphNumber, NumberToAdd } from '../whatsapp/graph-numbers.ts'
import { addNumber as addAtMeta, listAccountNumbers, readNumber } from '../whatsapp/graph-numbers.ts'
import type { AccountRow } from './accounts.rows.ts'
import { numberToSave, readEverything } from './connect-account.usecases.ts'
import { accessOf } from './numbers.usecases.ts'
import { onboardingErrors } from './onboarding.errors.ts'
import type { OnboardingDeps } from './onboarding.ports.ts'
import { told, touchLanes } from './onboarding.ports.ts'
import { nationalDigits, sameNumber } from './phone-digits.model.ts'
import { setupFailureOf } from './setup-failures.model.ts'
import { subscribeAccount } from './subscription.usecases.ts'

/** Throws 404 where the account is not this organisation's. */
export async function findAccount(deps: OnboardingDeps, wabaId: string): Promise<AccountRow> {
  const account = await deps.accounts.find(wabaId)
  if (account === null) throw onboardingErrors.accountUnknown()
  return account
}

export async function saveDraft(
  deps: OnboardingDeps,
  actor: Actor,
  wabaId: string,
  draft: ProfileDraft,
): Promise<void> {
  const { name } = await findAccount(deps, wabaId)
  await deps.accounts.saveDraft(wabaId, draft, told({ actor, now: deps.clock() }, 'profile.saved', name))
}

export type NumberInput = { countryCode: string; phoneNumber: string; migrate: boolean }

/**
 * Adds a number to an account, under the drafted name. Looks at Meta's list first and again after every answer that is not a clear no:
 * the same number twice, two at once, or after a lost answer is one number. Resolves to its id.
 */
export async function addNumber(
  deps: OnboardingDeps,
  actor: Actor,
  wabaId: string,
  input: NumberInput,
): Promise<string> {
  const account = await findAccount(deps, wabaId)
  const access = await accessOf(deps, account)
  const known = await findAtMeta(deps, access, wabaId, input)
  if (known !== null) return keepNumber(deps, actor, account, access, known)
  const displayName = account.draft?.displayName
  if (displayName === undefined && !input.migrate) throw onboardingErrors.draftMissing()
  const number: NumberToAdd = {
    countryCode: input.countryCode,
    phoneNumber: nationalDigits(input),
    displayName: displayName ?? '',
    isMigration: input.migrate,
  }
  const added = await addAtMeta(access, wabaId, number)
  if (!added.ok) {
    const there = await findAtMeta(deps, access, wabaId, input)
    if (there === null) throw onboardingErrors.failed(setupFailureOf('number', added.error, deps.clock()))
    return keepNumber(deps, actor, account, access, there)
  }
  const read = await readNumber(access, added.value)
  // It was added, whatever became of this look: the next try finds it in the list.
  if (!read.ok) throw onboardingErrors.failed(setupFailureOf('number', read.error, deps.clock()))
  return keepNumber(deps, actor, account, access, read.value)
}

async function findAtMeta(
  deps: OnboardingDeps,
  access: GraphAccess,
  wabaId: string,
  input: NumberInput,
): Promise<GraphNumber | null> {
  const numbers = await listAccountNumbers(access, wabaId)
  if (!numbers.ok) throw onboardingErrors.failed(setupFailureOf('number', numbers.error, deps.clock()))
  return numbers.value.find(({ displayPhoneNumber }) => sameNumber(displayPhoneNumber, input)) ?? null
}

async function keepNumber(
  deps: OnboardingDeps,
  actor: Actor,
  account: AccountRow,
  access: GraphAccess,
  number: GraphNumber,
): Promise<string> {
  const now = deps.clock()
  await deps.accounts.addNumber(
    await numberToSave(deps, { ...account, readAt: now }, access.token, number, number.isOnBusinessApp),
    told({ actor, now }, 'number.added', number.displayPhoneNumber),
  )
  await touchLanes(deps, account.wabaId, [number.phoneNumberId])
  return number.phoneNumberId
}

/**
 * Reads everything of an account again: facts, payment, numbers, and the subscription where it is missing. What Meta refuses stands on the account
 * and is answered, not thrown: the hourly check goes on to the next account.
 */
export async function refreshAccount(deps: OnboardingDeps, wabaId: string): Promise<SetupFailure | null> {
  const account = await findAccount(deps, wabaId)
  const access = await accessOf(deps, account)
  const read = await readEverything(deps, access, wabaId)
  if (!read.ok) {
    const failure = setupFailureOf('facebook', read.error, deps.clock())
    // That Meta could not be reached says nothing of the account.
    if (failure.key !== 'meta_down' && failure.key !== 'meta_limit') await deps.accounts.saveFailure(wabaId, failure)
    return failure
  }
  const { facts, numbers } = read.value
  await deps.accounts.saveFacts(
    facts,
    await Promise.all(numbers.map((number) => numberToSave(deps, facts, access.token, number, number.isOnBusinessApp))),
  )
  if (account.failure === null) return null
  if (account.failure.step === 'subscribe') return subscribeAccount(deps, wabaId)
  await deps.accounts.saveFailure(wabaId, null)
  return null
}

/** Takes an account away: its token and numbers, and its webhooks, which then are nobody's. Channels have to be removed before. */
export async function removeAccount(deps: OnboardingDeps, actor: Actor, wabaId: string): Promise<void> {
  const account = await findAccount(deps, wabaId)
  const entry = told({ actor, now: deps.clock() }, 'account.removed', account.name)
  if (!(await deps.accounts.remove(wabaId, entry))) throw onboardingErrors.hasChannels()
  await deps.directory.releaseAccount(deps.orgId, wabaId)
  await leaveAtMeta(deps, account)
}

/** Whoever owns the account can do this at Meta as well; without it we get webhooks that are nobody's. */
async function leaveAtMeta(deps: OnboardingDeps, account: AccountRow): Promise<void> {
  const { wabaId } = account
  try {
    const done = await unsubscribe(await accessOf(deps, account), wabaId)
    if (!done.ok) deps.logger.warn('onboarding.not_unsubscribed', { wabaId, code: done.error.code })
  } catch (error) {
    deps.logger.error('onboarding.not_unsubscribed', error, { wabaId })
  }
}

export async function correctReviewDate(
  deps: OnboardingDeps,
  actor: Actor,
  wabaId: string,
  submittedAt: number,
): Promise<void> {
  const { name } = await findAccount(deps, wabaId)
  const entry = told({ actor, now: deps.clock() }, 'review.date_corrected', name)
  const day = new Date(submittedAt).toISOString()
  await deps.accounts.correctReview(wabaId, submittedAt, { ...entry, details: { to: day } })
}
