import { DurableObject } from 'cloudflare:workers'
import type { Env } from '../platform/env.ts'

export class Sender extends DurableObject<Env> {
  async ping(): Promise<string> {
    return 'pong'
  }
}
