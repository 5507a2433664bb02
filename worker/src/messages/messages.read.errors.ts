import { AppError } from '../platform/errors.ts'

export const readErrors = {
  /** Also said of conversations of other departments and organisations: their existence is nobody else's business. */
  conversationNotFound: () =>
    new AppError({ code: 'conversations.not_found', status: 404, message: 'There is no such conversation here.' }),
  ticketNotFound: () =>
    new AppError({ code: 'tickets.not_found', status: 404, message: 'This ticket is not one of the conversation.' }),
}
