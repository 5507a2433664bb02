import type { Context } from 'hono'
import { z } from 'zod'
import type { ArchiveList, ArchivePeople } from '../../../contract/index.ts'
import { archiveListSchema, archivePeopleSchema, phoneNumberIdSchema } from '../../../contract/index.ts'
import { phoneKey, toE164 } from '../contacts/phone.model.ts'
import { createNumbersRepo } from '../numbers/numbers.repo.ts'
import { requireNumber } from '../numbers/numbers.usecases.ts'
import type { AppEnv } from '../platform/app-env.ts'
import { invalidCursor } from '../platform/request-errors.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { authOf, visibilityOf } from '../sessions/session.middleware.ts'
import { historyOf, kindOf, peopleQuery, textOf } from './archive.model.ts'
import type { Place } from './archive.read.repo.ts'
import { createArchiveReader } from './archive.read.repo.ts'

const tags = ['Numbers']
const params = z.object({ phoneNumberId: phoneNumberIdSchema })
const paging = {
  cursor: z.string().max(600).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}

const messages = defineRoute('viewer', {
  method: 'get',
  path: '/api/numbers/{phoneNumberId}/archive',
  tags,
  summary: 'What was written in the Business app',
  description:
    'The latest page, oldest message first; `cursor` leads to what was written before, null where nothing was. Of one customer where a ' +
    'phone number is given. It is read only and never becomes a ticket.',
  request: { params, query: z.object({ phone: z.string().max(30).optional(), ...paging }) },
  responses: { 200: jsonAnswer(named('ArchiveList', archiveListSchema), 'A page of the archive.') },
})

const people = defineRoute('viewer', {
  method: 'get',
  path: '/api/numbers/{phoneNumberId}/archive/people',
  tags,
  summary: 'Who wrote in the Business app',
  description:
    'The latest first, then whoever is in its address book only. `query` finds a part of a name or any writing of a number. `history` ' +
    'says how far the history is that Meta brings after the number was connected.',
  request: { params, query: z.object({ query: z.string().max(200).optional(), ...paging }) },
  responses: { 200: jsonAnswer(named('ArchivePeople', archivePeopleSchema), 'A page of people.') },
})

export const archiveRoutes = createRouter()
  .openapi(messages, async (c) => {
    const { phoneNumberId } = c.req.valid('param')
    const { phone, cursor, limit } = c.req.valid('query')
    const reader = await readerOf(c, phoneNumberId)
    const found = await reader.listMessages(phoneNumberId, {
      before: placeOf(cursor),
      contact: phone === undefined ? null : phoneKey(phone.replaceAll(/\D/g, '')),
      limit: limit + 1,
    })
    const items = found.slice(0, limit)
    const oldest = found.length > limit ? items.at(-1) : undefined
    const body: ArchiveList = {
      items: items.toReversed().map(({ phone: digits, content, sentAt, ...message }) => ({
        ...message,
        phone: toE164(digits),
        kind: kindOf(content),
        text: textOf(content),
        sentAt: new Date(sentAt).toISOString(),
      })),
      cursor: oldest === undefined ? null : `${oldest.sentAt}.${oldest.wamid}`,
    }
    return c.json(body, 200)
  })
  .openapi(people, async (c) => {
    const { phoneNumberId } = c.req.valid('param')
    const { query, cursor, limit } = c.req.valid('query')
    const reader = await readerOf(c, phoneNumberId)
    const [facts, found] = await Promise.all([
      reader.findHistory(phoneNumberId),
      reader.listPeople(phoneNumberId, { query: peopleQuery(query), after: placeOf(cursor), limit: limit + 1 }),
    ])
    const items = found.slice(0, limit)
    const last = found.length > limit ? items.at(-1) : undefined
    const body: ArchivePeople = {
      history: historyOf(facts),
      items: items.map(({ phone, name, messages: count, lastAt, direction, summary }) => ({
        phone: toE164(phone),
        name,
        messages: count,
        last:
          direction === null || summary === null ? null : { direction, summary, at: new Date(lastAt).toISOString() },
      })),
      cursor: last === undefined ? null : `${last.lastAt}.${last.contact}`,
    }
    return c.json(body, 200)
  })

/** The archive as far as the session may read it: whoever may see the number's conversations, and of a number without a channel administrators. */
async function readerOf(c: Context<AppEnv>, phoneNumberId: string): Promise<ReturnType<typeof createArchiveReader>> {
  const { scope, session } = authOf(c)
  await requireNumber(createNumbersRepo(scope), visibilityOf(session), phoneNumberId)
  return createArchiveReader(scope)
}

function placeOf(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null
  const [, at, id] = /^(\d{1,15})\.([\x21-\x7e]{1,512})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined) throw invalidCursor('cursor')
  return { at: Number(at), id }
}
