import type { Env as KaiwaEnv } from './platform/env.ts'

declare global {
  namespace Cloudflare {
    interface Env extends KaiwaEnv {}
  }
}
