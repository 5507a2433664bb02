import { ICON_MAX_PIXELS } from '../../../contract/index.ts'
import { AppError } from '../platform/errors.ts'

export const channelErrors = {
  notFound: () => new AppError({ code: 'channels.not_found', status: 404, message: 'There is no such channel here.' }),
  numberNotFound: () =>
    new AppError({
      code: 'channels.number_not_found',
      status: 404,
      message: 'This number is not connected here. Connect its WhatsApp Business account first.',
    }),
  numberTaken: () =>
    new AppError({
      code: 'channels.number_taken',
      status: 409,
      message: 'This WhatsApp number is connected to another organisation. Disconnect it there first.',
    }),
  limit: (limit: number) =>
    new AppError({
      code: 'channels.limit',
      status: 409,
      message:
        limit === 0
          ? 'The departments of Zoho Desk are not known. Connect Zoho Desk, or read it again, and try once more.'
          : limit === 1
            ? 'There can be one channel, as Zoho Desk has one department. Remove it or add a department in Zoho Desk.'
            : `There can be ${limit} channels, as many as Zoho Desk has departments. Remove one or add a department in Zoho Desk.`,
      details: { limit },
    }),
  departmentUnknown: () =>
    new AppError({
      code: 'channels.department_unknown',
      status: 422,
      message: 'departmentId names no enabled department of this Zoho Desk account.',
    }),
  removed: () =>
    new AppError({
      code: 'channels.removed',
      status: 409,
      message: 'This channel was removed. Create a new one for its number.',
    }),
  iconType: () =>
    new AppError({
      code: 'channels.icon_type',
      status: 422,
      message: 'The icon is neither a PNG nor a JPEG picture. Its content decides, not its name.',
    }),
  iconSize: (width: number, height: number) =>
    new AppError({
      code: 'channels.icon_dimensions',
      status: 422,
      message: `The icon is ${width} × ${height} pixels; at most ${ICON_MAX_PIXELS} × ${ICON_MAX_PIXELS} are accepted.`,
      details: { width, height, limit: ICON_MAX_PIXELS },
    }),
  iconGone: () =>
    new AppError({ code: 'channels.icon_not_found', status: 404, message: 'This icon is not here any more.' }),
}
