import type { SetupFailure } from '../../../contract/index.ts'
import { AppError } from '../platform/errors.ts'

/** The HTTP status that answers a failure. */
function statusOf({ key }: SetupFailure): 409 | 422 | 429 | 503 {
  switch (key) {
    case 'account_taken':
    case 'number_taken':
    case 'number_in_use':
      return 409
    case 'too_many_codes':
    case 'too_many_tries':
    case 'too_many_registrations':
    case 'pin_too_many':
    case 'meta_limit':
      return 429
    case 'meta_down':
      return 503
    default:
      return 422
  }
}

const gone = (code: string, message: string): AppError => new AppError({ code, status: 404, message })

export const onboardingErrors = {
  /** `setup.<key>`; the details are the failure as the pane shows it. */
  failed: (failure: SetupFailure) =>
    new AppError({
      code: `setup.${failure.key}`,
      status: statusOf(failure),
      message: `Meta did not do this (${failure.step}). ${failure.details ?? ''}`.trim(),
      details: failure,
    }),
  windowUsed: () =>
    new AppError({
      code: 'setup.window_used',
      status: 401,
      message: 'This window was opened already, or too late. Open it again from the settings.',
    }),
  notOffered: () =>
    new AppError({ code: 'setup.not_offered', status: 422, message: 'This way to connect is not set up here.' }),
  attemptUnknown: () => gone('setup.attempt_unknown', 'There is no such try to connect.'),
  accountUnknown: () => gone('setup.account_unknown', 'This WhatsApp Business account is not connected here.'),
  numberUnknown: () => gone('setup.number_unknown', 'There is no such number here.'),
  claimUnknown: () => gone('setup.claim_unknown', 'No account of this id waits to be claimed.'),
  claimBusy: (until: number) =>
    new AppError({
      code: 'setup.claim_busy',
      status: 409,
      message: 'Somebody else is claiming this account right now. Wait until their code has ended.',
      details: { retryAt: new Date(until).toISOString() },
    }),
  accountTaken: (wabaId: string) =>
    new AppError({
      code: 'setup.account_taken',
      status: 409,
      message: 'This WhatsApp Business account is connected to another organisation. Disconnect it there first.',
      details: { wabaId },
    }),
  /** The key that sealed it is gone. */
  tokenUnreadable: (cause: unknown) =>
    new AppError({
      code: 'setup.token_unreadable',
      status: 409,
      message: 'The token of this account cannot be read any more. Connect the account again.',
      cause,
    }),
  draftMissing: () =>
    new AppError({
      code: 'setup.draft_missing',
      status: 409,
      message: 'Save the business profile with its name first.',
    }),
  hasChannels: () =>
    new AppError({ code: 'setup.has_channels', status: 409, message: 'Remove the channels of its numbers first.' }),
  designatedAlready: (phoneNumberId: string) =>
    new AppError({
      code: 'setup.designated_already',
      status: 409,
      message: 'Another number was chosen for the larger trial, and it is chosen once.',
      details: { phoneNumberId },
    }),
  notCoexistent: () =>
    new AppError({ code: 'setup.not_coexistent', status: 409, message: 'This number is not one of the Business app.' }),
}
