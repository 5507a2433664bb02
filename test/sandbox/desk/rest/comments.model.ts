import { findAgent, nameOf } from '../context.ts'
import type { DeskContext } from '../context.ts'
import { forbidden, notFound } from '../errors.ts'
import { sanitizeHtml } from '../html.ts'
import { newId } from '../state.ts'
import type { Comment, Portal, Ticket } from '../state.ts'
import type { Rules } from './input.ts'
import { changed } from './tickets.model.ts'
import type { Doer } from './tickets.model.ts'
import { attachmentView, claimUploads } from './uploads.model.ts'

export const COMMENT_RULES: Rules = {
  content: { kind: 'text', max: 32_000 },
  contentType: { kind: 'text', oneOf: ['plainText', 'html'] },
  isPublic: { kind: 'boolean' },
  attachmentIds: { kind: 'ids' },
}

export type NewComment = Pick<Comment, 'content' | 'contentType' | 'isPublic' | 'attachmentIds'>

export function addComment(doer: Doer, ticket: Ticket, fields: NewComment): Comment {
  const { desk, portal, agent } = doer
  const comment: Comment = {
    id: newId(desk.state),
    ...fields,
    content: cleaned(fields),
    commenterId: agent.id,
    commentedTime: desk.clock.iso(),
    modifiedTime: null,
  }
  claimUploads(portal, fields.attachmentIds, `comments/${comment.id}`, 'attachmentIds')
  changed(doer, ticket, () => ticket.comments.push(comment))
  desk.changes.tell({ kind: 'comment', orgId: portal.orgId, ticketId: ticket.id, commentId: comment.id })
  return comment
}

/** Only its writer or an administrator may change a comment. */
export function editComment(doer: Doer, ticket: Ticket, comment: Comment, content: string): void {
  if (comment.commenterId !== doer.agent.id && doer.agent.rolePermissionType !== 'Admin') throw forbidden()
  changed(doer, ticket, () => {
    comment.content = cleaned({ ...comment, content })
    comment.modifiedTime = doer.desk.clock.iso()
  })
}

export function needComment(ticket: Ticket, commentId: string): Comment {
  const comment = ticket.comments.find((entry) => entry.id === commentId)
  if (comment === undefined) throw notFound()
  return comment
}

export function commentView(
  desk: DeskContext,
  portal: Portal,
  ticket: Ticket,
  comment: Comment,
): Record<string, unknown> {
  const commenter = findAgent(portal, comment.commenterId)
  return {
    id: comment.id,
    content: comment.content,
    contentType: comment.contentType,
    encodedContent: null,
    isPublic: comment.isPublic,
    commentedTime: comment.commentedTime,
    modifiedTime: comment.modifiedTime,
    commenterId: comment.commenterId,
    commenter:
      commenter === undefined
        ? null
        : {
            id: commenter.id,
            name: nameOf(commenter),
            firstName: commenter.firstName,
            lastName: commenter.lastName,
            type: 'AGENT',
            email: commenter.email,
            roleName: commenter.rolePermissionType === 'Admin' ? 'CEO' : 'Agent',
            photoURL: null,
          },
    impersonatedUser: null,
    attachments: comment.attachmentIds.flatMap((id) => {
      const upload = portal.uploads[id]
      const place = `tickets/${ticket.id}/comments/${comment.id}/attachments/${id}/content`
      return upload === undefined ? [] : [attachmentView(desk, upload, place)]
    }),
  }
}

/** Plain text is kept as it came; only HTML is cleaned. */
function cleaned({ content, contentType }: { content: string; contentType: Comment['contentType'] }): string {
  return contentType === 'html' ? sanitizeHtml(content) : content
}
