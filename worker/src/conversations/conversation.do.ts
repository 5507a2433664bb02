import { DurableObject } from 'cloudflare:workers'
import type { Env } from '../platform/env.ts'
import type { Wake } from './conversation.types.ts'

export class Conversation extends DurableObject<Env> {
  async wake(wake: Wake): Promise<void> {
    await this.ctx.storage.put('woken', wake.reason)
  }
}
