import type { Clock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'
import { refusalOfAddress } from './alerts.model.ts'
import type { ProblemRow, ProblemsRepo, SolvedRow } from './problems.repo.ts'

export type AlertPorts = {
  problems: Pick<ProblemsRepo, 'listUntold' | 'markTold' | 'listSolved' | 'forgetSolved'>
  readAlertUrl(): Promise<string | null>
  /** Posts a signed body; resolves to whether it was taken (2xx). */
  post(url: string, body: string): Promise<boolean>
  portalId: string
  clock: Clock
  logger: Logger
}

/** Nobody is told of what is older than that: the address did not answer for a day. */
const TELL_WITHIN_MS = 86_400_000

/**
 * Tells the organisation's alert address of what is bad and was not told yet, and of what is good again. What is not taken is tried with
 * the next sweep.
 */
export async function tellProblems(ports: AlertPorts): Promise<number> {
  const url = await ports.readAlertUrl()
  if (url === null || refusalOfAddress(url) !== null) return 0
  const now = ports.clock()
  const since = now - TELL_WITHIN_MS
  const [untold, solved] = await Promise.all([ports.problems.listUntold(since), ports.problems.listSolved(since)])
  if (untold.length + solved.length === 0) return 0
  const news = { portalId: ports.portalId, problems: untold.map(told), solved: solved.map(over) }
  if (!(await ports.post(url, JSON.stringify(news)))) {
    ports.logger.warn('health.alert_not_taken', { problems: untold.length, solved: solved.length })
    return 0
  }
  await ports.problems.markTold(untold, now)
  await ports.problems.forgetSolved(solved, since)
  return untold.length + solved.length
}

function told({ subject, display_phone_number: displayPhoneNumber, kind, since, facts }: ProblemRow) {
  const { value, details } = facts
  return {
    phoneNumberId: subject,
    displayPhoneNumber,
    check: kind,
    value,
    details,
    since: new Date(since).toISOString(),
  }
}

function over({ subject, display_phone_number: displayPhoneNumber, kind, since, solved_at: solvedAt }: SolvedRow) {
  return {
    phoneNumberId: subject,
    displayPhoneNumber,
    check: kind,
    since: new Date(since).toISOString(),
    solvedAt: new Date(solvedAt).toISOString(),
  }
}
