import { errors as joseErrors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { roleSchema } from '../../../contract/index.ts'
import type { Clock } from '../platform/clock.ts'
import { systemClock } from '../platform/clock.ts'
import { purposeKey } from '../platform/derived-keys.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import type { Result } from '../platform/errors.ts'
import { failed, ok } from '../platform/errors.ts'
import type { AgentSession } from '../platform/session.ts'

/** How long a session token is good for. */
export const SESSION_MS = 15 * 60 * 1_000

const ISSUER = 'kaiwa'
/** A proof is a session for everything a session is for; the other way round it is not. */
const AUDIENCES = { session: 'kaiwa-api', proof: 'kaiwa-admin' }

/** How long an administrator's proof is good for. */
const PROOF_MS = 30 * 60 * 1_000

const claimsSchema = z.object({
  org: z.string().min(1),
  shard: z.number().int().min(0),
  epoch: z.number().int(),
  sub: z.string().min(1),
  name: z.string(),
  role: roleSchema,
  departments: z.array(z.string()),
  iat: z.number().int(),
  exp: z.number().int(),
})

/** Signs a session of 15 minutes, or a proof of 30, from `clock` on (HS256). `expiresAt` of the answer is what the token says. */
export async function issueSessionToken(
  sessionKey: string,
  who: Omit<AgentSession, 'expiresAt'>,
  clock: Clock,
): Promise<{ token: string; session: AgentSession }> {
  const issuedAt = Math.floor(clock() / 1_000)
  const expiresAt = issuedAt + (who.isProof ? PROOF_MS : SESSION_MS) / 1_000
  const token = await new SignJWT({
    org: who.orgId,
    shard: who.shard,
    epoch: who.epoch,
    name: who.name,
    role: who.role,
    departments: [...who.departments],
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(who.agentId)
    .setIssuer(ISSUER)
    .setAudience(who.isProof ? AUDIENCES.proof : AUDIENCES.session)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(await purposeKey(sessionKey, 'session'))
  return { token, session: { ...who, expiresAt: expiresAt * 1_000 } }
}

/**
 * Who a token was given to. Says only that we signed it and that it is not over; whether the organisation still stands at
 * the token's epoch is for whoever opens the organisation (`authenticate`).
 */
export async function readSessionToken(
  sessionKey: string,
  token: string,
  clock: Clock,
): Promise<Result<AgentSession, 'invalid' | 'expired'>> {
  try {
    const { payload } = await jwtVerify(token, await purposeKey(sessionKey, 'session'), {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: Object.values(AUDIENCES),
      currentDate: new Date(clock()),
      requiredClaims: ['iat', 'exp', 'sub'],
    })
    const claims = claimsSchema.safeParse(payload)
    if (!claims.success) return failed('invalid')
    const { org, shard, epoch, sub, name, role, departments, exp } = claims.data
    const isProof = payload.aud === AUDIENCES.proof
    return ok({ orgId: org, shard, epoch, agentId: sub, name, role, isProof, departments, expiresAt: exp * 1_000 })
  } catch (error) {
    return failed(error instanceof joseErrors.JWTExpired ? 'expired' : 'invalid')
  }
}

/** `readSessionToken` with the Worker's own key and clock. */
export function verifySessionToken(env: Env, token: string): Promise<Result<AgentSession, 'invalid' | 'expired'>> {
  return readSessionToken(readConfig(env).SESSION_KEY, token, systemClock)
}
