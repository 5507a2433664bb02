/** Each lane is touched once in this many turns of cron, which come every minute. */
const TURNS = 60

export type LaneSweepPorts = {
  listRoutes: (turn: number, of: number) => Promise<{ numbers: string[]; accounts: string[] }>
  touch: (lane: { number: string } | { account: string } | 'unrouted') => Promise<void>
  onFailed: (error: unknown) => void
}

/**
 * Touches lanes that may have forgotten what they hold: their own alarms bring them back within seconds, and this is for the day one of
 * those is lost. Every connected number and account is touched once an hour, a sixtieth of them each minute. Resolves to how many.
 */
export async function sweepLanes(ports: LaneSweepPorts, now: number): Promise<number> {
  const { numbers, accounts } = await ports.listRoutes(Math.floor(now / 60_000) % TURNS, TURNS)
  const lanes = [
    'unrouted' as const,
    ...numbers.map((number) => ({ number })),
    ...accounts.map((account) => ({ account })),
  ]
  const outcomes = await Promise.allSettled(lanes.map((lane) => ports.touch(lane)))
  for (const outcome of outcomes) if (outcome.status === 'rejected') ports.onFailed(outcome.reason)
  return lanes.length
}
