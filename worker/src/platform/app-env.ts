import type { Env } from './env.ts'
import type { OrgScope } from './scope.ts'
import type { Auth } from './session.ts'

/**
 * Who may call a route. `public` and `signature` (Meta's, checked over the raw bytes by the route itself) know no organisation;
 * `install_key` is Desk's proxy; `viewer`, `agent` and `admin` are the least role of a session; `administrator` is who proved it by signing
 * in to Zoho, not by the widget's word; `socket_ticket` and `signed_url` are
 * one-time or short-lived secrets in the address, checked by the route; `operator` hosts the Worker; `sandbox` exists only where a
 * CLOCK_URL is bound.
 */
export type Access =
  | 'public'
  | 'signature'
  | 'install_key'
  | 'viewer'
  | 'agent'
  | 'admin'
  | 'administrator'
  | 'operator'
  | 'socket_ticket'
  | 'signed_url'
  | 'sandbox'

export type AppEnv = {
  Bindings: Env
  Variables: {
    requestId: string
    /** Set for `viewer`, `agent`, `admin` and `administrator`. */
    auth?: Auth
    /** Set for `install_key`: the organisation the key belongs to, and what its calls are counted under. */
    installation?: { scope: OrgScope; keyName: string }
  }
}

export type Declaration = { method: string; path: string; access: Access }
