import type { Env } from '../platform/env.ts'
import { logger } from '../platform/logger.ts'
import { objectNames } from '../platform/scope.ts'
import { listRoutes } from './directory.repo.ts'
import type { LaneSweepPorts } from './sweep.usecases.ts'

/** What `sweepLanes` works with, from the Worker's bindings. */
export function createLaneSweepPorts(env: Env): LaneSweepPorts {
  const { number, account, unrouted } = objectNames.lane
  return {
    listRoutes: (turn, of) => listRoutes(env.DIRECTORY, turn, of),
    touch: async (lane) => {
      if (lane === 'unrouted') await env.LANE.getByName(unrouted).touch()
      else await env.LANE.getByName('number' in lane ? number(lane.number) : account(lane.account)).touch()
    },
    onFailed: (error) => logger.error('sweep.lane_failed', error),
  }
}
