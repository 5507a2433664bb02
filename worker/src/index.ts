export { Conversation } from './conversations/conversation.do.ts'
export { Lane } from './ingest/lane.do.ts'
export { Sender } from './messages/sender.do.ts'
export { Org } from './orgs/org.do.ts'

export default {
  fetch(): Response {
    return new Response('not ready', { status: 503 })
  },
}
