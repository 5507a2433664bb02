import type { Deps } from '../deps.ts'
import { InputError } from '../inbound/customers.ts'
import type { Json, NumberRecord } from '../state.ts'

type NameDecision = { decision: 'APPROVED' | 'REJECTED' | 'PENDING' | 'DEFERRED'; reason?: string | undefined }

type NumberDecision =
  | { do: 'quality'; rating: string }
  | { do: 'numberStatus'; status: string }
  | { do: 'offboard'; reason: string }
  | { do: 'twoStep'; pin: string | null }
  | { do: 'about'; text: string }

const STATUS_OF = {
  APPROVED: 'APPROVED',
  REJECTED: 'DECLINED',
  PENDING: 'PENDING_REVIEW',
  DEFERRED: 'PENDING_REVIEW',
} as const

/** The review of the name a number asked for, else of the name it has. */
export function decideName({ outbox }: Deps, number: NumberRecord, { decision, reason }: NameDecision): object {
  const requested = number.newDisplayName ?? number.verifiedName
  if (number.newDisplayName === undefined) number.nameStatus = STATUS_OF[decision]
  else {
    number.newNameStatus = STATUS_OF[decision]
    if (decision === 'APPROVED') {
      number.verifiedName = requested
      number.nameStatus = 'APPROVED'
      delete number.newDisplayName
      delete number.newNameStatus
    }
  }
  const value = {
    display_phone_number: number.digits,
    decision,
    requested_verified_name: requested,
    rejection_reason: decision === 'REJECTED' ? (reason ?? 'NAME_NOT_CONSISTENT') : null,
  }
  outbox.emit({ wabaId: number.wabaId, phoneNumberId: number.id, field: 'phone_number_name_update', value })
  return number
}

export function decideNumber({ outbox }: Deps, number: NumberRecord, decision: NumberDecision): object {
  const tell = (field: string, value: Json): void =>
    void outbox.emit({ wabaId: number.wabaId, phoneNumberId: number.id, field, value })
  switch (decision.do) {
    case 'quality':
      number.qualityRating = decision.rating
      if (decision.rating === 'RED')
        tell('phone_number_quality_update', { display_phone_number: number.digits, event: 'FLAGGED' })
      break
    case 'numberStatus':
      number.status = decision.status
      break
    case 'offboard':
      if (number.isOnBizApp !== true) throw new InputError('this number is not in the Business app')
      number.status = 'DISCONNECTED'
      number.isRegistered = false
      tell('account_update', {
        event: 'ACCOUNT_OFFBOARDED',
        phone_number: number.digits,
        disconnection_info: { reason: decision.reason, initiated_by: 'USER' },
      })
      break
    case 'about':
      number.profile['about'] = decision.text
      break
    case 'twoStep':
      if (decision.pin === null) delete number.pin
      else number.pin = decision.pin
      tell('security', { display_phone_number: number.digits, event: 'PIN_CHANGED' })
  }
  return number
}
