import type { DeskFailure } from '../desk/desk.types.ts'
import { AppError } from '../platform/errors.ts'

export const startErrors = {
  phoneInvalid: () =>
    new AppError({
      code: 'start.phone_invalid',
      status: 422,
      message: 'This is no phone number with its country code, such as +44 7700 900123.',
    }),
  noChannel: () =>
    new AppError({
      code: 'start.no_channel',
      status: 409,
      message: 'This number has no channel yet: an administrator creates one first.',
    }),
  /** The customer's conversation with this number lies in a department the agent does not see. */
  otherDepartment: () =>
    new AppError({
      code: 'start.other_department',
      status: 409,
      message: 'Another department has a conversation with this customer on this number.',
    }),
  busy: () =>
    new AppError({
      code: 'start.busy',
      status: 503,
      message: 'Others changed the same things at the same moment. Try again.',
      headers: { 'Retry-After': '1' },
    }),
  ticketNotFound: () =>
    new AppError({ code: 'tickets.not_found', status: 404, message: 'There is no such ticket here.' }),
  ticketTaken: () =>
    new AppError({
      code: 'start.ticket_taken',
      status: 409,
      message: 'This ticket belongs to another WhatsApp conversation. Write there, or start from another ticket.',
    }),
  deskUnavailable: (failure: DeskFailure) =>
    failure.kind === 'revoked' || failure.kind === 'forbidden'
      ? new AppError({
          code: 'desk.not_connected',
          status: 409,
          message: 'Desk does not let Kaiwa in any more: an administrator connects it again.',
        })
      : new AppError({
          code: 'desk.unavailable',
          status: 503,
          message: 'Desk does not answer right now. Try again in a moment.',
          details: { why: failure.kind },
          headers: { 'Retry-After': '10' },
        }),
}
