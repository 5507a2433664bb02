import { MAX_TEXT_CHARACTERS } from '../../../contract/index.ts'
import { AppError } from '../platform/errors.ts'

export const sendErrors = {
  textEmpty: () =>
    new AppError({
      code: 'messages.text_empty',
      status: 422,
      message: 'The message holds no text: write at least one character.',
    }),
  textTooLong: (characters: number) =>
    new AppError({
      code: 'messages.text_too_long',
      status: 422,
      message: `The message has ${characters} characters; WhatsApp takes at most ${MAX_TEXT_CHARACTERS}.`,
      details: { characters, limit: MAX_TEXT_CHARACTERS },
    }),
  windowClosed: () =>
    new AppError({
      code: 'messages.window_closed',
      status: 409,
      message:
        'The 24-hour window is closed: the customer last wrote more than 24 hours ago, so WhatsApp takes only a template until they write again.',
    }),
  notFound: () =>
    new AppError({ code: 'messages.not_found', status: 404, message: 'This message is not in this conversation.' }),
  quoteNotFound: () =>
    new AppError({
      code: 'messages.quote_not_found',
      status: 422,
      message: 'replyTo names a message that is not in this conversation.',
    }),
  notFailed: () =>
    new AppError({
      code: 'messages.not_failed',
      status: 409,
      message: 'Only a message that failed can be sent again.',
    }),
  notUnknown: () =>
    new AppError({
      code: 'messages.not_unknown',
      status: 409,
      message: 'This message is not waiting for a decision any more.',
    }),
  notQueued: () =>
    new AppError({
      code: 'messages.not_queued',
      status: 409,
      message: 'Only a message that still waits to be sent can be taken back.',
    }),
  busy: () =>
    new AppError({
      code: 'messages.busy',
      status: 503,
      message: 'The settings of this number are being changed. Try again in a moment.',
      headers: { 'Retry-After': '1' },
    }),
  clientIdReused: () =>
    new AppError({
      code: 'messages.client_id_reused',
      status: 409,
      message: 'This clientId already belongs to a message with another text. Make a new one for a new message.',
    }),
}
