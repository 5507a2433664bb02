import { AppError } from '../platform/errors.ts'

export const orgErrors = {
  numberTaken: (phoneNumberId: string) =>
    new AppError({
      code: 'orgs.number_taken',
      status: 409,
      message: 'This WhatsApp number is connected to another organisation. Disconnect it there first.',
      details: { phoneNumberId },
    }),
  accountTaken: (wabaId: string) =>
    new AppError({
      code: 'orgs.account_taken',
      status: 409,
      message: 'This WhatsApp Business account is connected to another organisation. Disconnect it there first.',
      details: { wabaId },
    }),
  numberTwice: (phoneNumberId: string) =>
    new AppError({
      code: 'orgs.number_twice',
      status: 422,
      message: 'The same WhatsApp number is listed twice.',
      details: { phoneNumberId },
    }),
}
