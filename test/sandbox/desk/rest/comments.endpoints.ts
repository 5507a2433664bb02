import { forbidden, notFound } from '../errors.ts'
import { COMMENT_RULES, addComment, commentView, editComment, needComment } from './comments.model.ts'
import { done, json, list, pageOf } from './endpoint.ts'
import type { Call, Endpoint } from './endpoint.ts'
import { readFields } from './input.ts'
import { from, limit } from './query.ts'
import { needTicket, needWritableTicket } from './ticket-rules.ts'
import { changed } from './tickets.model.ts'
import { attachmentView, fileResponse, receiveUpload } from './uploads.model.ts'

const PATH = '/tickets/:ticketId/comments'

/** Comments of a ticket, its attachments, and uploads waiting for either. */
export const commentEndpoints: readonly Endpoint[] = [
  {
    method: 'POST',
    path: PATH,
    scopes: ['Desk.tickets.UPDATE'],
    cost: 'single',
    query: { parentConversationId: { kind: 'id' } },
    handle: createComment,
  },
  {
    method: 'GET',
    path: PATH,
    scopes: ['Desk.tickets.READ'],
    cost: 'list',
    query: {
      include: { kind: 'list', oneOf: ['mentions'] },
      sortBy: { kind: 'sort', fields: ['commentedTime'] },
      limit: limit(99),
      from: from(),
    },
    handle: (call) => {
      const ticket = needTicket(call.portal, call.agent, call.param('ticketId'))
      // Newest first unless asked otherwise (unconfirmed).
      const isAscending = call.query.text('sortBy') === 'commentedTime'
      const comments = isAscending ? ticket.comments : ticket.comments.toReversed()
      return list(
        call,
        pageOf(call, comments).map((comment) => commentView(call.desk, call.portal, ticket, comment)),
      )
    },
  },
  {
    method: 'GET',
    path: `${PATH}/:commentId`,
    scopes: ['Desk.tickets.READ'],
    cost: 'single',
    query: { include: { kind: 'list', oneOf: ['mentions', 'plainText'] } },
    handle: (call) => {
      const ticket = needTicket(call.portal, call.agent, call.param('ticketId'))
      return json(call, commentView(call.desk, call.portal, ticket, needComment(ticket, call.param('commentId'))))
    },
  },
  {
    method: 'PATCH',
    path: `${PATH}/:commentId`,
    scopes: ['Desk.tickets.UPDATE'],
    cost: 'single',
    handle: async (call) => {
      const ticket = needWritableTicket(call.portal, call.agent, call.param('ticketId'))
      const comment = needComment(ticket, call.param('commentId'))
      const fields = await readFields(call.c, { content: { kind: 'text', max: 32_000 } }, ['content'])
      editComment(call, ticket, comment, fields.text('content') ?? '')
      return json(call, commentView(call.desk, call.portal, ticket, comment))
    },
  },
  {
    method: 'DELETE',
    path: `${PATH}/:commentId`,
    scopes: ['Desk.tickets.UPDATE'],
    cost: 'delete',
    handle: (call) => {
      const ticket = needWritableTicket(call.portal, call.agent, call.param('ticketId'))
      const comment = needComment(ticket, call.param('commentId'))
      if (comment.commenterId !== call.agent.id && call.agent.rolePermissionType !== 'Admin') throw forbidden()
      changed(call, ticket, () => {
        ticket.comments = ticket.comments.filter((entry) => entry.id !== comment.id)
      })
      return done(call)
    },
  },
  {
    method: 'GET',
    path: `${PATH}/:commentId/attachments/:attachmentId/content`,
    scopes: ['Desk.tickets.READ'],
    cost: 'single',
    handle: (call) => {
      const ticket = needTicket(call.portal, call.agent, call.param('ticketId'))
      const comment = needComment(ticket, call.param('commentId'))
      return content(call, comment.attachmentIds)
    },
  },
  {
    method: 'POST',
    path: '/tickets/:ticketId/attachments',
    scopes: ['Desk.tickets.UPDATE'],
    cost: 'single',
    query: { isPublic: { kind: 'boolean' } },
    handle: async (call) => {
      const ticket = needWritableTicket(call.portal, call.agent, call.param('ticketId'))
      const isPublic = call.query.flag('isPublic') ?? true
      const upload = await receiveUpload(call.c, call, { isPublic, usedBy: `tickets/${ticket.id}` })
      changed(call, ticket, () => ticket.attachmentIds.push(upload.id))
      return json(call, ticketAttachmentView(call, ticket.id, upload.id))
    },
  },
  {
    method: 'GET',
    path: '/tickets/:ticketId/attachments',
    scopes: ['Desk.tickets.READ'],
    cost: 'list',
    query: {
      include: { kind: 'list', oneOf: ['creator'] },
      isPublic: { kind: 'boolean' },
      sortBy: { kind: 'sort', fields: ['createdTime'] },
      limit: limit(100),
      from: from(),
    },
    handle: (call) => {
      const ticket = needTicket(call.portal, call.agent, call.param('ticketId'))
      const isPublic = call.query.flag('isPublic')
      const ids = ticket.attachmentIds.filter(
        (id) => isPublic === undefined || call.portal.uploads[id]?.isPublic === isPublic,
      )
      return list(
        call,
        pageOf(call, ids).map((id) => ticketAttachmentView(call, ticket.id, id)),
      )
    },
  },
  {
    method: 'GET',
    path: '/tickets/:ticketId/attachments/:attachmentId/content',
    scopes: ['Desk.tickets.READ'],
    cost: 'single',
    handle: (call) => content(call, needTicket(call.portal, call.agent, call.param('ticketId')).attachmentIds),
  },
  {
    method: 'POST',
    path: '/uploads',
    scopes: ['Desk.basic.CREATE'],
    cost: 'single',
    handle: async (call) => {
      const upload = await receiveUpload(call.c, call, { isPublic: false, usedBy: null })
      const { creatorId, createdTime } = upload
      const view = attachmentView(call.desk, upload, `uploads/${upload.id}/contents`)
      return json(call, { ...view, creatorId, createdTime })
    },
  },
  {
    method: 'GET',
    path: '/uploads/:attachmentId/contents',
    scopes: ['Desk.basic.READ'],
    cost: 'single',
    handle: (call) => content(call, [call.param('attachmentId')]),
  },
]

async function createComment(call: Call): Promise<Response> {
  const ticket = needWritableTicket(call.portal, call.agent, call.param('ticketId'))
  const fields = await readFields(call.c, COMMENT_RULES, ['content'])
  const comment = addComment(call, ticket, {
    content: fields.text('content') ?? '',
    // What Desk assumes when these are left out is unconfirmed: the dangerous answers are taken.
    contentType: fields.text('contentType') === 'plainText' ? 'plainText' : 'html',
    isPublic: fields.flag('isPublic') ?? true,
    attachmentIds: fields.ids('attachmentIds'),
  })
  return json(call, commentView(call.desk, call.portal, ticket, comment))
}

function ticketAttachmentView(call: Call, ticketId: string, uploadId: string): Record<string, unknown> {
  const upload = call.portal.uploads[uploadId]
  if (upload === undefined) throw notFound()
  const { creatorId, createdTime, isPublic } = upload
  const view = attachmentView(call.desk, upload, `tickets/${ticketId}/attachments/${uploadId}/content`)
  return { ...view, creatorId, createdTime, isPublic }
}

function content(call: Call, ids: readonly string[]): Response {
  const id = call.param('attachmentId')
  const upload = ids.includes(id) ? call.portal.uploads[id] : undefined
  if (upload === undefined) throw notFound()
  return fileResponse(call.desk, upload)
}
