import { AppError } from '../platform/errors.ts'

export const administrationErrors = {
  /** Unknown, spent, over and not proved are one answer: a guess learns nothing. */
  codeRefused: () =>
    new AppError({
      code: 'administration.code_refused',
      status: 401,
      message: 'This code is not valid any more. Sign in again.',
    }),
  notConnected: () =>
    new AppError({
      code: 'administration.not_connected',
      status: 409,
      message: 'Zoho Desk is not connected. Connect it first.',
    }),
  deskUnavailable: (kind: string) =>
    new AppError({
      code: 'administration.desk_unavailable',
      status: 503,
      message: 'Zoho Desk cannot be asked right now. Try again in a moment.',
      headers: { 'Retry-After': '10' },
      details: { kind },
    }),
}
