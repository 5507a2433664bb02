import { systemClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import type { OrgScope } from '../platform/scope.ts'
import { createDeadLettersRepo } from './dead-letters.repo.ts'
import type { DeadLetterPorts } from './dead-letters.usecases.ts'

/** What dead letters of an organisation work with, from the Worker's bindings. */
export function createDeadLetterPorts(env: Env, scope: Pick<OrgScope, 'db' | 'orgId'>): DeadLetterPorts {
  return {
    orgId: scope.orgId,
    repo: createDeadLettersRepo(scope),
    clock: systemClock,
    readBlob: async (key, maxCharacters) => {
      // A character is at most four bytes; one cut in two at the end is replaced.
      const range = maxCharacters === undefined ? {} : { range: { offset: 0, length: maxCharacters * 4 } }
      return (await (await env.BLOBS.get(key, range))?.text()) ?? null
    },
    putBlob: async (key, text) => void (await env.BLOBS.put(key, text)),
    newBlobName: () => crypto.randomUUID(),
    appendToLane: (lane, part) => env.LANE.getByName(lane).append(part),
  }
}
