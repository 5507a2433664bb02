import { createApp } from './app.ts'
import { createDeskGateway } from './orgs/desk-gateway.ts'
import type { Env } from './platform/env.ts'

export { Conversation } from './conversations/conversation.do.ts'
export { Lane } from './ingest/lane.do.ts'
export { Sender } from './messages/sender.do.ts'
export { Org } from './orgs/org.do.ts'

const app = createApp({ deskOf: createDeskGateway })

export default {
  fetch: app.fetch,
} satisfies ExportedHandler<Env>
