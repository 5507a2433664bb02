/** The messages Meta's dialog posts to the page that opened it. The page's script and the server share this file. */

/** Meta's names of the steps, in the order in which a person meets them; LOGIN has none and no CANCEL tells of it. */
export const DIALOG_STEPS = [
  'LOGIN',
  'BUSINESS_ACCOUNT_SELECTION',
  'WABA_PHONE_PROFILE_PICKER',
  'WHATSAPP_BUSINESS_PROFILE_SETUP',
  'PHONE_NUMBER_SETUP',
  'PHONE_NUMBER_VERIFICATION',
  'PERMISSIONS',
] as const
export const STEPS = [...DIALOG_STEPS, 'DONE'] as const
export type Step = (typeof STEPS)[number]

export type SignupEvent = { type: 'WA_EMBEDDED_SIGNUP'; event: string; data: Record<string, string> }

export type Report = { message: string; errorId: string; sessionId: string; at: number }

/** Left before the end; a problem that the person reports is a CANCEL too, with other data. None before the login. */
export function cancelEvent(step: Step, report?: Report): SignupEvent | undefined {
  if (report !== undefined) {
    const { message, errorId, sessionId, at } = report
    const data = {
      error_message: message,
      error_id: errorId,
      session_id: sessionId,
      timestamp: String(Math.floor(at / 1000)),
    }
    return { type: 'WA_EMBEDDED_SIGNUP', event: 'CANCEL', data }
  }
  if (step === 'LOGIN' || step === 'DONE') return undefined
  return { type: 'WA_EMBEDDED_SIGNUP', event: 'CANCEL', data: { current_step: step } }
}

export type Finished = { wabaId: string; businessId: string; phoneNumberId?: string; isCoexistence: boolean }

/** Meta's sample of coexistence names the account alone. */
export function finishEvent({ wabaId, businessId, phoneNumberId, isCoexistence }: Finished): SignupEvent {
  if (isCoexistence) {
    const event = 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING'
    return { type: 'WA_EMBEDDED_SIGNUP', event, data: { waba_id: wabaId } }
  }
  const data = { waba_id: wabaId, business_id: businessId }
  if (phoneNumberId === undefined) return { type: 'WA_EMBEDDED_SIGNUP', event: 'FINISH_ONLY_WABA', data }
  return { type: 'WA_EMBEDDED_SIGNUP', event: 'FINISH', data: { phone_number_id: phoneNumberId, ...data } }
}
