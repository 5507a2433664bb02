import type { Settings } from '../settings.ts'
import type { Customer, StoredMessage } from '../state.ts'
import { errorFacts } from './errors.ts'

export type SendFacts = {
  settings: Settings
  customer: Customer
  isTemplate: boolean
  isWindowOpen: boolean
  isBillable: boolean
  hasPaymentMethod: boolean
  /** Why a reaction's target does not fit; undefined when it does or there is none. */
  targetProblem: string | undefined
  /** Why the file cannot go; undefined when it can or there is none. */
  mediaProblem: string | undefined
}

type Failure = NonNullable<StoredMessage['failWith']>

const WINDOW_CLOSED: Failure = {
  code: 131047,
  details:
    'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
}

/** The first reason why an otherwise correct message will not arrive. */
export function failureOf(facts: SendFacts): Failure | undefined {
  const { settings, customer } = facts
  if (settings.failCode !== null) return failure(settings.failCode)
  if (customer.isGhost === true) return failure(131026, 'Message Undeliverable.')
  if (customer.failCode !== undefined) return failure(customer.failCode)
  if (!facts.isTemplate && !facts.isWindowOpen) return WINDOW_CLOSED
  if (facts.isBillable && (settings.paymentMissing || !facts.hasPaymentMethod)) {
    return failure(
      131042,
      'Message failed to send because there were one or more errors related to your payment method.',
    )
  }
  if (facts.targetProblem !== undefined) return failure(131009, facts.targetProblem)
  if (facts.mediaProblem !== undefined) return failure(131053, facts.mediaProblem)
  return undefined
}

/** Whether Graph answers this failure itself; everything else is accepted and reported as a `failed` status. */
export function isAtOnce(failed: Failure, settings: Settings): boolean {
  if (failed.code === WINDOW_CLOSED.code) return settings.windowErrorAtOnce
  // A reaction that does not fit and a file that cannot be used are found out after the send was accepted.
  if (failed.code === 131009) return false
  return errorFacts(failed.code).when === 'at once'
}

function failure(code: number, details = errorFacts(code).title): Failure {
  return { code, details }
}
