import type { ChannelList } from '../../../contract/index.ts'
import { createDeskPorts } from '../administration/desk.ports.ts'
import { refreshDepartments } from '../administration/desk.usecases.ts'
import { systemClock } from '../platform/clock.ts'
import { toHex } from '../platform/crypto.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { newId } from '../platform/ids.ts'
import { logger } from '../platform/logger.ts'
import type { OrgScope } from '../platform/scope.ts'
import { objectNames } from '../platform/scope.ts'
import { createChannelsRepo } from './channels.repo.ts'
import { claimNumberRoute } from './channels.routing.repo.ts'
import type { ChannelRow } from './channels.rows.ts'
import type { ChannelDeps } from './channels.usecases.ts'
import { listChannels } from './channels.usecases.ts'
import { signIconUrl } from './icon.links.ts'
import { createIconsRepo } from './icons.repo.ts'
import type { IconDeps } from './icons.usecases.ts'
import { createSwitchesRepo } from './switches.repo.ts'
import type { SwitchDeps } from './switches.usecases.ts'
import { createWakePorts } from './wakes.jobs.ts'
import { wakeNext } from './wakes.usecases.ts'

/** What channels work with, from the Worker's bindings. */
export function createChannelDeps(env: Env, scope: OrgScope): ChannelDeps {
  return {
    repo: createChannelsRepo(scope),
    clock: systemClock,
    newId: () => newId('ch'),
    refreshDepartments: (olderThanMs) => refreshDepartments(createDeskPorts(env, scope), olderThanMs),
    claimRoute: (route) => claimNumberRoute(env.DIRECTORY, scope.orgId, route, systemClock()),
    touchLane: (phoneNumberId) => env.LANE.getByName(objectNames.lane.number(phoneNumberId)).touch(),
    iconUrl: iconUrlOf(env, scope),
  }
}

/** What switching channels works with. */
export function createSwitchDeps(env: Env, scope: OrgScope): SwitchDeps {
  const { shard, orgId } = scope
  return {
    repo: createChannelsRepo(scope),
    switches: createSwitchesRepo(scope),
    clock: systemClock,
    iconUrl: iconUrlOf(env, scope),
    callsSettled: (number) => env.SENDER.getByName(objectNames.sender(shard, orgId, number)).settled(),
    wake: async (waiting, reason) => {
      try {
        await wakeNext(createWakePorts(env, scope, reason), { waiting, underWay: [] })
      } catch (error) {
        logger.error('channels.wake_failed', error, { orgId, waiting: waiting.length })
      }
    },
  }
}

/** What icons work with. */
export function createIconDeps(env: Env, scope: OrgScope): IconDeps {
  return {
    repo: createChannelsRepo(scope),
    icons: createIconsRepo(scope),
    clock: systemClock,
    iconUrl: iconUrlOf(env, scope),
    sha256: async (bytes) => toHex(await crypto.subtle.digest('SHA-256', bytes)),
    keyOf: (channelId, sha256) => `icons/${scope.orgId}/${channelId}/${sha256}`,
    put: async (key, bytes, type) => void (await env.BLOBS.put(key, bytes, { httpMetadata: { contentType: type } })),
    remove: (key) => env.BLOBS.delete(key),
  }
}

/** Every channel of an organisation, with signed addresses of the icons. */
export function listChannelViews(env: Env, scope: OrgScope): Promise<ChannelList> {
  return listChannels({ repo: createChannelsRepo(scope), iconUrl: iconUrlOf(env, scope) })
}

function iconUrlOf(env: Env, { orgId, shard }: OrgScope): ChannelDeps['iconUrl'] {
  return async ({ id, icon_key: iconKey }: ChannelRow) => {
    if (iconKey === null) return null
    const version = iconKey.slice(iconKey.lastIndexOf('/') + 1)
    return signIconUrl(readConfig(env), { orgId, shard, channelId: id, version }, systemClock())
  }
}
