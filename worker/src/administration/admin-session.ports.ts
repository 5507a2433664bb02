import { sha256Base64Url } from '../platform/crypto.ts'
import type { Env } from '../platform/env.ts'
import type { AdminSessionPorts } from './admin-session.usecases.ts'
import { createProofPorts } from './proof.ports.ts'
import { createSignInPorts } from './sign-in.ports.ts'

/** Proofs over the Worker's bindings. */
export function createAdminSessionPorts(env: Env, ownOrigin: string): AdminSessionPorts {
  const { signIns, sha256, open } = createSignInPorts(env, ownOrigin)
  return { ...createProofPorts(env), signIns, sha256, open, challengeOf: sha256Base64Url }
}
