import type { NotDescribed } from '../contract/not-described.ts'

const OAUTH = 'the files describe the REST API only; OAuth is on the accounts server'

/** Calls that Zoho documents elsewhere. */
export const deskNotDescribed: readonly NotDescribed[] = [
  { id: 'oauth-token', method: 'POST', template: '/oauth/v2/token', why: OAUTH },
  { id: 'oauth-revoke', method: 'POST', template: '/oauth/v2/token/revoke', why: OAUTH },
  { id: 'oauth-auth', method: 'GET', template: '/oauth/v2/auth', why: OAUTH },
  { id: 'oauth-decision', method: 'POST', template: '/oauth/v2/auth/decision', why: OAUTH },
  { id: 'invoke', method: 'POST', template: '/api/v1/invoke', why: 'the Invoke API is described with extensions' },
  {
    id: 'config-params',
    method: 'POST',
    template: '/api/v1/installedExtensions/{installationId}/configParams',
    why: 'described with extensions',
  },
  {
    id: 'upload-content',
    method: 'GET',
    template: '/api/v1/uploads/{uploadId}/contents',
    why: 'only the href of an upload names it',
  },
  {
    id: 'comment-attachment-content',
    method: 'GET',
    template: '/api/v1/tickets/{ticketId}/comments/{commentId}/attachments/{attachmentId}/content',
    why: 'only the href of a comment’s attachment names it',
  },
  {
    id: 'ticket-attachment-content',
    method: 'GET',
    template: '/api/v1/tickets/{ticketId}/attachments/{attachmentId}/content',
    why: 'only the href of an attachment names it',
  },
]
