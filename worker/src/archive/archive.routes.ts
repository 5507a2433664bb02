import { z } from 'zod'
import type { ArchiveList } from '../../../contract/index.ts'
import { archiveListSchema, phoneNumberIdSchema } from '../../../contract/index.ts'
import { phoneKey } from '../contacts/phone.model.ts'
import { createNumbersRepo } from '../numbers/numbers.repo.ts'
import { requireNumber } from '../numbers/numbers.usecases.ts'
import { invalidCursor } from '../platform/request-errors.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { authOf, visibilityOf } from '../sessions/session.middleware.ts'
import { createArchiveRepo } from './archive.repo.ts'

const list = defineRoute('viewer', {
  method: 'get',
  path: '/api/numbers/{phoneNumberId}/archive',
  tags: ['Numbers'],
  summary: 'What was written in the Business app',
  description:
    'Newest first; of one customer where a phone number is given. It is read only and never becomes a ticket.',
  request: {
    params: z.object({ phoneNumberId: phoneNumberIdSchema }),
    query: z.object({
      phone: z.string().max(30).optional(),
      cursor: z.string().max(600).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: { 200: jsonAnswer(named('ArchiveList', archiveListSchema), 'A page of the archive.') },
})

export const archiveRoutes = createRouter().openapi(list, async (c) => {
  const { scope, session } = authOf(c)
  const { phoneNumberId } = c.req.valid('param')
  const { phone, cursor, limit } = c.req.valid('query')
  await requireNumber(createNumbersRepo(scope), visibilityOf(session), phoneNumberId)
  const found = await createArchiveRepo(scope).list(phoneNumberId, {
    before: cursor === undefined ? null : readCursor(cursor),
    contact: phone === undefined ? null : phoneKey(phone.replaceAll(/\D/g, '')),
    limit: limit + 1,
  })
  const items = found.slice(0, limit)
  const last = found.length > limit ? items.at(-1) : undefined
  const body: ArchiveList = {
    items: items.map(({ contact, sentAt, ...message }) => ({
      ...message,
      phone: `+${contact}`,
      sentAt: new Date(sentAt).toISOString(),
    })),
    cursor: last === undefined ? null : `${last.sentAt}.${last.wamid}`,
  }
  return c.json(body, 200)
})

function readCursor(cursor: string): { sentAt: number; wamid: string } {
  const [, sentAt, wamid] = /^(\d{1,15})\.([\x21-\x7e]{1,512})$/.exec(cursor) ?? []
  if (sentAt === undefined || wamid === undefined) throw invalidCursor('cursor')
  return { sentAt: Number(sentAt), wamid }
}
