import { AppError } from '../platform/errors.ts'

export const ticketOrderErrors = {
  hasTicket: () =>
    new AppError({
      code: 'inbox.has_ticket',
      status: 409,
      message: 'Everything the customer wrote is in a ticket already.',
    }),
  nothingSaid: () =>
    new AppError({
      code: 'inbox.nothing_said',
      status: 409,
      message: 'The customer has not written anything yet that a ticket could be made of.',
    }),
  alreadyOrdered: () =>
    new AppError({
      code: 'inbox.already_ordered',
      status: 409,
      message: 'A colleague is making a ticket of this conversation just now.',
    }),
  departmentUnknown: () =>
    new AppError({
      code: 'inbox.department_unknown',
      status: 422,
      message: 'This is none of the departments you work in.',
    }),
  assigneeUnknown: () =>
    new AppError({
      code: 'inbox.assignee_unknown',
      status: 422,
      message: 'This is no active agent of the department.',
    }),
}
