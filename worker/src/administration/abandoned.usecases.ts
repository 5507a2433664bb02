import type { SignInPorts } from './sign-in.usecases.ts'
import type { SignInRow, SignInsRepo } from './sign-ins.repo.ts'

/** A window that was confirmed in its last second may still be connecting. */
const GRACE_MS = 5 * 60_000
/** How long Zoho is asked again where it does not answer. */
const GIVE_UP_MS = 24 * 60 * 60_000
const LIMIT = 50

export type AbandonedPorts = Pick<SignInPorts, 'open' | 'revoke' | 'clock' | 'logger'> & {
  signIns: Pick<SignInsRepo, 'listAbandoned' | 'drop'>
  /** The refresh token a portal is connected by; null for none. */
  connectedBy(portalId: string, dataCentre: string): Promise<string | null>
}

/** Ends the lasting access of windows that were left before anybody confirmed them. One that fails stops no other. */
export async function endAbandoned(ports: AbandonedPorts): Promise<{ ended: number; failed: number }> {
  const now = ports.clock()
  const result = { ended: 0, failed: 0 }
  for (const row of await ports.signIns.listAbandoned(now - GRACE_MS, LIMIT)) {
    const isEnded = await endOne(ports, row)
    result[isEnded ? 'ended' : 'failed'] += 1
    if (isEnded || row.expires_at <= now - GIVE_UP_MS) await ports.signIns.drop(row.state_sha256)
  }
  return result
}

async function endOne(ports: AbandonedPorts, row: SignInRow): Promise<boolean> {
  const { state_sha256: state, portal_id: portalId, data_centre: dataCentre, result } = row
  try {
    const { refreshToken } = await ports.open(state, result ?? '')
    // It connected after all, and only the window never heard of it.
    if (refreshToken === null || refreshToken === (await ports.connectedBy(portalId, dataCentre))) return true
    const isEnded = await ports.revoke(dataCentre, refreshToken)
    if (!isEnded) ports.logger.warn('sign_in.not_revoked_at_zoho', { portalId })
    return isEnded
  } catch (error) {
    ports.logger.error('sign_in.not_revoked_at_zoho', error, { portalId })
    return false
  }
}
