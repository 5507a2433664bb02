import type { NumberRecord, WabaRecord } from '../state.ts'
import type { World } from '../world.ts'
import { GraphError } from './errors.ts'
import { fieldError } from './field-errors.ts'

/**
 * The number that is to move into an account (`migrate_phone_number`). Throws what the reference's section 11.11 asks
 * for and is not there: another account holds it, two-step verification off there, both accounts verified and approved,
 * a payment method and a subscribed app here, an approved name.
 */
export function sourceOfMove(world: World, waba: WabaRecord, digits: string): NumberRecord {
  const holders = Object.values(world.state.numbers).filter(
    (number) => number.digits === digits && number.status !== 'MIGRATED',
  )
  if (holders.some(({ wabaId }) => wabaId === waba.id)) {
    throw fieldError(
      world,
      'alreadyHere',
      'Phone number already exists',
      'The phone number already exists in this WhatsApp Business account.',
    )
  }
  const [source] = holders
  if (source === undefined) {
    throw fieldError(
      world,
      'notMigrating',
      'Phone number cannot be moved',
      'The phone number is not registered with another WhatsApp Business account.',
    )
  }
  if (source.pin !== undefined) {
    throw fieldError(
      world,
      'twoStepOn',
      'Two-step verification is on',
      'Turn two-step verification off at the current provider before you move the phone number.',
    )
  }
  const problem = problemOfAccounts(world, waba, source)
  if (problem !== undefined) throw new GraphError(100, problem)
  return source
}

function problemOfAccounts(world: World, waba: WabaRecord, source: NumberRecord): string | undefined {
  const accounts = [world.wabaOf(source), waba]
  const isVerified = accounts.every(
    ({ businessId }) => world.state.businesses[businessId]?.verificationStatus === 'verified',
  )
  if (!isVerified) return 'Both businesses must be verified before a phone number can be moved.'
  if (accounts.some(({ accountReviewStatus }) => accountReviewStatus !== 'APPROVED'))
    return 'Both WhatsApp Business accounts must be approved before a phone number can be moved.'
  if (!waba.hasPaymentMethod) return 'The destination WhatsApp Business account needs a payment method.'
  if (waba.subscriptions.length === 0) return 'An app must be subscribed to the destination WhatsApp Business account.'
  const hasName = ['APPROVED', 'AVAILABLE_WITHOUT_REVIEW'].includes(source.nameStatus)
  return hasName && source.newDisplayName === undefined
    ? undefined
    : 'The display name of the phone number must be approved, without a change under review.'
}
