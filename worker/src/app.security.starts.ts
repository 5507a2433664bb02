const noConversation = '404 conversations.not_found'
const noNumber = '404 numbers.not_found'
/** What Desk says of a ticket is asked first, and Desk is not there. */
const notConnected = '409 desk.not_connected'
const hasTicket = '409 inbox.has_ticket'
const template = { name: 'order_ready', language: 'en_GB', bodyParams: [] }
const agent = 'agent' as const

/** The rows of what agents begin: templates, new conversations, tickets made by hand. */
export const STARTS = {
  'GET /api/numbers/:phoneNumberId/templates': {
    access: agent,
    path: '/api/numbers/800100/templates',
    good: '200 empty',
    foreign: noNumber,
    department: noNumber,
  },
  'GET /api/tickets/:ticketId/start': {
    access: agent,
    path: '/api/tickets/301/start',
    good: notConnected,
    foreign: notConnected,
    department: notConnected,
  },
  'GET /api/inbox': {
    access: 'viewer' as const,
    path: '/api/inbox?filter=all',
    good: '200',
    foreign: '200 empty',
    department: '200 empty',
  },
  'GET /api/conversations/:id/ticket-form': {
    access: agent,
    path: '/api/conversations/cv_aaaaaaaaaaaaaaaaaaaa/ticket-form',
    good: hasTicket,
    foreign: noConversation,
    department: noConversation,
  },
  'POST /api/conversations/:id/ticket': {
    access: agent,
    path: '/api/conversations/cv_aaaaaaaaaaaaaaaaaaaa/ticket',
    body: { subject: 'Where is it?', departmentId: '100' },
    good: hasTicket,
    foreign: noConversation,
    department: noConversation,
  },
  'POST /api/conversations': {
    access: agent,
    path: '/api/conversations',
    body: { clientId: 'client-0001', phoneNumberId: '800100', to: '+447700900123', template },
    good: '404 templates.not_found',
    foreign: noNumber,
    department: noNumber,
  },
  'POST /api/conversations/:id/template': {
    access: agent,
    path: '/api/conversations/cv_aaaaaaaaaaaaaaaaaaaa/template',
    body: { clientId: 'client-0001', template },
    good: '404 templates.not_found',
    foreign: noConversation,
    department: noConversation,
  },
}
