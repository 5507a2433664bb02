import type { Json, NumberRecord, WabaRecord } from '../state.ts'
import type { World } from '../world.ts'

type Verdict = 'AVAILABLE' | 'LIMITED' | 'BLOCKED'

const RANK: Record<Verdict, number> = { AVAILABLE: 0, LIMITED: 1, BLOCKED: 2 }

/** `health_status`: the worst of number, account, business and app. */
export function healthOf(world: World, number: NumberRecord): Json {
  return summary([numberEntity(number), ...accountEntities(world, world.wabaOf(number))])
}

export function accountHealthOf(world: World, waba: WabaRecord): Json {
  return summary(accountEntities(world, waba))
}

type Entity = { entity_type: string; id: string; can_send_message: Verdict; [extra: string]: unknown }

function summary(entities: Entity[]): Json {
  const worst = entities.toSorted((a, b) => RANK[b.can_send_message] - RANK[a.can_send_message])[0]
  return { can_send_message: worst?.can_send_message ?? 'AVAILABLE', entities }
}

function numberEntity(number: NumberRecord): Entity {
  const base = { entity_type: 'PHONE_NUMBER', id: number.id } as const
  if (number.isRegistered && number.status === 'CONNECTED') return { ...base, can_send_message: 'AVAILABLE' }
  const errors = [
    {
      error_code: 141000,
      error_description: 'The phone number is not registered.',
      possible_solution: 'Register the phone number.',
    },
  ]
  return { ...base, can_send_message: 'BLOCKED', errors }
}

function accountEntities(world: World, waba: WabaRecord): Entity[] {
  const business = world.state.businesses[waba.businessId]
  const hasPayment = waba.hasPaymentMethod && !world.settings.paymentMissing
  const isVerified = business?.verificationStatus === 'verified'
  const wabaErrors =
    waba.isBanned === true
      ? [
          {
            error_code: 141002,
            error_description: 'The WhatsApp Business account is disabled.',
            possible_solution: 'Ask for a review in Business Support Home.',
          },
        ]
      : [
          {
            error_code: 141006,
            error_description: 'There is an error with the payment method.',
            possible_solution: 'Add a valid payment method.',
          },
        ]
  const isRestricted = (waba.restrictions ?? []).some(({ until }) => until > world.nowSeconds())
  const isFree = hasPayment && waba.isBanned !== true
  const open: { can_send_message: Verdict; additional_info?: string[] } = isRestricted
    ? { can_send_message: 'LIMITED', additional_info: ['The account is restricted for a time.'] }
    : { can_send_message: 'AVAILABLE' }
  return [
    {
      entity_type: 'WABA',
      id: waba.id,
      ...(isFree ? open : { can_send_message: 'BLOCKED', errors: wabaErrors }),
    },
    {
      entity_type: 'BUSINESS',
      id: waba.businessId,
      ...(isVerified
        ? { can_send_message: 'AVAILABLE' }
        : { can_send_message: 'LIMITED', additional_info: ['The business is not verified.'] }),
    },
    ...waba.subscriptions.map(({ appId }): Entity => ({
      entity_type: 'APP',
      id: appId,
      can_send_message: 'AVAILABLE',
    })),
  ]
}
