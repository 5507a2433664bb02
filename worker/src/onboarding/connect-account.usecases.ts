import type { SetupFailure } from '../../../contract/index.ts'
import type { Actor } from '../audit/audit.repo.ts'
import type { Result } from '../platform/errors.ts'
import { failed, ok } from '../platform/errors.ts'
import { readAccount, readPayment } from '../whatsapp/graph-accounts.ts'
import type { GraphAccount } from '../whatsapp/graph-accounts.ts'
import type { GraphAccess } from '../whatsapp/graph-client.ts'
import type { GraphNumber } from '../whatsapp/graph-numbers.ts'
import { listAccountNumbers } from '../whatsapp/graph-numbers.ts'
import type { GraphAnswer } from '../whatsapp/graph-request.ts'
import type { AccountFacts, AccountToConnect } from './accounts.repo.ts'
import { beginHistory } from './history.usecases.ts'
import { registrationOf } from './number-steps.model.ts'
import type { NumberFactsToSave, NumberToConnect } from './numbers.statements.repo.ts'
import type { OnboardingDeps } from './onboarding.ports.ts'
import { told, touchLanes } from './onboarding.ports.ts'
import { ownFailure, setupFailureOf } from './setup-failures.model.ts'
import { isCoexistent } from './signup.model.ts'
import { subscribeAccount } from './subscription.usecases.ts'

export type Connection = {
  wabaId: string
  /** The customer's token, checked. */
  token: string
  tokenExpiresAt: number | null
  tokenScopes: readonly string[]
  how: AccountToConnect['how']
  /** The path of the Meta app whose webhooks count; '' is ours. */
  appPath: string
  /** The number the person chose in Meta's dialog. */
  phoneNumberId: string | null
  isCoexistence: boolean
  actor: Actor
}

/**
 * Connects an account that the token gives access to: reads it, makes it this organisation's alone, keeps it with its numbers, and
 * subscribes the app. Can be repeated after a failure at any point. A subscription that fails stands on the account, to be repeated
 * there; every other failure leaves nothing that stops the next try.
 */
export async function connectAccount(
  deps: OnboardingDeps,
  connection: Connection,
): Promise<Result<{ wabaId: string; phoneNumberId: string | null }, SetupFailure>> {
  const { wabaId, token, appPath, actor } = connection
  const access = deps.graphAs(token)
  const read = await readEverything(deps, access, wabaId)
  if (!read.ok) {
    const isOutOfReach = read.error.kind === 'refused' && [100, 803, 33].includes(read.error.code ?? 0)
    return failed(
      isOutOfReach
        ? ownFailure('facebook', 'wrong_account', deps.clock(), { details: read.error.details })
        : setupFailureOf('facebook', read.error, deps.clock()),
    )
  }
  const { facts, numbers } = read.value
  const owner = await deps.directory.takeAccount({ orgId: deps.orgId, wabaId, appPath, now: deps.clock() })
  if (owner !== deps.orgId)
    return failed(ownFailure('facebook', 'account_taken', deps.clock(), { action: 'support', details: wabaId }))

  const signup = {
    isCoexistence: connection.isCoexistence,
    phoneNumberId: connection.phoneNumberId,
    count: numbers.length,
  }
  await deps.accounts.connect(
    {
      ...facts,
      how: connection.how,
      appPath,
      token: await deps.secrets.sealAccountToken(wabaId, token),
      tokenExpiresAt: connection.tokenExpiresAt,
      tokenScopes: connection.tokenScopes,
    },
    await Promise.all(numbers.map((number) => numberToSave(deps, facts, token, number, isCoexistent(number, signup)))),
    connection.phoneNumberId,
    told(
      { actor, now: deps.clock() },
      connection.how === 'hosted' ? 'account.claimed' : 'account.connected',
      facts.name,
    ),
  )
  await subscribeAccount(deps, wabaId)
  await touchLanes(
    deps,
    wabaId,
    numbers.map(({ phoneNumberId }) => phoneNumberId),
  )
  for (const number of numbers) if (isCoexistent(number, signup)) await beginHistory(deps, access, number.phoneNumberId)
  const chosen = numbers.find(({ phoneNumberId }) => phoneNumberId === connection.phoneNumberId)
  return ok({ wabaId, phoneNumberId: chosen?.phoneNumberId ?? null })
}

/** An account, what pays for it, and its numbers, as Meta has them now. */
export async function readEverything(
  deps: OnboardingDeps,
  access: GraphAccess,
  wabaId: string,
): Promise<GraphAnswer<{ facts: AccountFacts; numbers: GraphNumber[] }>> {
  const readAt = deps.clock()
  const account = await readAccount(access, wabaId)
  if (!account.ok) return account
  const [payment, numbers] = await Promise.all([readPayment(access, wabaId), listAccountNumbers(access, wabaId)])
  if (!numbers.ok) return numbers
  return ok({ facts: accountFacts(account.value, payment, readAt), numbers: numbers.value })
}

function accountFacts(account: GraphAccount, payment: AccountFacts['payment'], readAt: number): AccountFacts {
  return { ...account, payment, readAt }
}

/** A number of the account with its token, sealed for it. */
export async function numberToSave(
  deps: OnboardingDeps,
  account: Pick<AccountFacts, 'wabaId' | 'businessId' | 'readAt'>,
  token: string,
  number: GraphNumber,
  coexists: boolean,
): Promise<NumberToConnect & NumberFactsToSave> {
  return {
    ...number,
    wabaId: account.wabaId,
    portfolioId: account.businessId,
    token: await deps.secrets.sealNumberToken(number.phoneNumberId, token),
    isCoexistent: coexists,
    isRegistered: registrationOf(number.platformStatus),
    readAt: account.readAt,
  }
}
