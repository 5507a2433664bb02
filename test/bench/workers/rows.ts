import worker, {
  Conversation as ProductConversation,
  Lane as ProductLane,
  Org as ProductOrg,
  Sender,
} from '../../../worker/src/index.ts'
import { counted, totals } from './counted-d1.ts'

export { Sender }

type LaneArguments = ConstructorParameters<typeof ProductLane>
type ConversationArguments = ConstructorParameters<typeof ProductConversation>
type OrgArguments = ConstructorParameters<typeof ProductOrg>
type ProductEnv = LaneArguments[1]

export class Lane extends ProductLane {
  constructor(ctx: LaneArguments[0], env: ProductEnv) {
    super(ctx, counted(env))
  }
}

export class Conversation extends ProductConversation {
  constructor(ctx: ConversationArguments[0], env: ProductEnv) {
    super(ctx, counted(env))
  }
}

export class Org extends ProductOrg {
  constructor(ctx: OrgArguments[0], env: ProductEnv) {
    super(ctx, counted(env))
  }
}

type DeliveredRequest = Parameters<typeof worker.fetch>[0]

/** The product's Worker with every D1 answer's `rows_read` and `rows_written` added up; `GET /__rows` reads and empties the sums. */
export default {
  async fetch(request: DeliveredRequest, env: ProductEnv, ctx: ExecutionContext): Promise<Response> {
    if (new URL(request.url).pathname === '/__rows') return Response.json(totals.take())
    return worker.fetch(request, counted(env), ctx)
  },
}
