import { signMediaUrl } from '../media/media.links.ts'
import type { Clock } from '../platform/clock.ts'
import type { Config } from '../platform/env.ts'
import type { OrgScope } from '../platform/scope.ts'
import { createMessagesReadRepo } from './messages.read.repo.ts'
import type { ReadMessagesPorts } from './messages.read.usecases.ts'

/** What reading one organisation's messages needs, over its own database. */
export function createReadPorts(
  config: Pick<Config, 'SESSION_KEY' | 'PUBLIC_ORIGIN'>,
  scope: OrgScope,
  clock: Clock,
): ReadMessagesPorts {
  const { orgId, shard } = scope
  return {
    repo: createMessagesReadRepo(scope),
    clock,
    signMedia: (seq) => signMediaUrl(config, { orgId, shard, seq }, clock()),
  }
}
