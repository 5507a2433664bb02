import type { RefusableStep } from '../onboarding-settings.ts'
import type { World } from '../world.ts'
import { GraphError } from './errors.ts'

/** The refusal that was planted for a step of setting up; each is met as often as it was asked for. */
export function plantedRefusal(world: World, step: RefusableStep): GraphError | undefined {
  const { refuse } = world.settings.onboarding
  const planted = refuse[step]
  if (planted === undefined) return undefined
  if (planted.count !== undefined) {
    planted.count -= 1
    if (planted.count <= 0) delete refuse[step]
    world.touch()
  }
  const { code, subcode, message, details } = planted
  return new GraphError(code, details, {
    ...(subcode === undefined ? {} : { subcode }),
    ...(message === undefined ? {} : { message }),
  })
}

const STEPS: Record<string, RefusableStep> = {
  'POST subscribed_apps': 'subscribe',
  'POST phone_numbers': 'add_number',
  'POST request_code': 'request_code',
  'POST verify_code': 'verify_code',
  'POST register': 'register',
  'POST whatsapp_business_profile': 'profile',
  'POST smb_app_data': 'sync',
}

/** Throws what was planted for a call, named by method and edge. */
export function refuseWherePlanted(world: World, call: string): void {
  const step = STEPS[call]
  const refusal = step === undefined ? undefined : plantedRefusal(world, step)
  if (refusal !== undefined) throw refusal
}
