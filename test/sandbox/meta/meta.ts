import type { Server } from 'node:http'
import { demoMeta } from '../demo.ts'
import type { SandboxClock } from '../shared/clock.ts'
import { createPlatform, listen } from '../shared/platform.ts'
import type { Platform } from '../shared/platform.ts'
import { Store } from '../shared/store.ts'
import { mountControl } from './control.ts'
import type { Deps } from './deps.ts'
import { LinkFetcher } from './graph/links.ts'
import { PairLimit, Rate } from './graph/limits.ts'
import { mountGraph } from './graph/routes.ts'
import { MediaStore } from './media.ts'
import { changedOnboarding } from './onboarding-settings.ts'
import { mountOffice } from './office/routes.ts'
import { mountPhone } from './phone/routes.ts'
import { Viewers } from './phone/viewers.ts'
import { initialState } from './seed.ts'
import { defaultSettings } from './settings.ts'
import { signupFacts } from './signup/facts.ts'
import { isSignupPath, mountSignup } from './signup/routes.ts'
import { seedApps, seedTokens } from './signup/seed.ts'
import { Sessions } from './signup/sessions.ts'
import type { State } from './state.ts'
import { stateView } from './state-view.ts'
import { StatusPlayer } from './status-player.ts'
import { Typing } from './typing.ts'
import { Outbox } from './webhooks/outbox.ts'
import { World } from './world.ts'

export type MetaOptions = {
  clock: SandboxClock
  /** The port on loopback; 0 for any, which only suits tests that ask for no media address. */
  port: number
  /** A JSON file; media lie beside it in `<storeFile>.media/`. Without it all is in memory. */
  storeFile?: string
  /** The app's default callback, e.g. `http://127.0.0.1:4301/webhooks/whatsapp`. */
  webhookUrl: string
  appSecret: string
  verifyToken: string
  /** Begin with nothing subscribed. */
  isEmpty?: boolean
  /** Awaited after `POST /__sandbox/clock`. */
  onClockMoved?: () => Promise<void>
}

export type Meta = {
  platform: Platform
  /** What the double is made of; tests that run in the same process may look. */
  deps: Deps
  /** Listens on loopback and goes on with waiting webhooks; resolves when it does. Closing the server stops all timers. */
  listen: () => Promise<Server>
  /** Stops timers, retries and live pages, and writes the state. */
  stop: () => void
}

const HOUR_MS = 3_600_000

/** The Meta double: Graph API, signed webhooks, the customers' phone at `/phone`, and control calls. */
export function createMeta(options: MetaOptions): Meta {
  const store = new Store<State>(options.storeFile, () => initialState(options))
  adoptOptions(store.state, options)
  const world = new World(store, options.clock)
  const viewers = new Viewers()
  let baseUrl = `http://127.0.0.1:${options.port}`
  const platform = createPlatform({
    clock: options.clock,
    state: () => stateView(deps),
    isInternal: (path) => /^\/(?:phone(?:\/|$)|office$|favicon\.ico$)/.test(path) || isSignupPath(path),
    ...(options.onClockMoved === undefined ? {} : { onClockMoved: options.onClockMoved }),
  })
  const outbox = new Outbox(world, platform.faults)
  const player = new StatusPlayer(world, outbox, (customerId, phoneNumberId) =>
    viewers.isOpen(customerId, phoneNumberId),
  )
  const folder = options.storeFile === undefined ? undefined : `${options.storeFile}.media`
  const deps: Deps = {
    world,
    outbox,
    player,
    media: new MediaStore(world, folder, () => baseUrl),
    links: new LinkFetcher(() => options.clock.now()),
    typing: new Typing(),
    pairs: new PairLimit(),
    throughput: new Rate(1_000),
    calls: new Rate(HOUR_MS),
  }
  mountControl(platform.app, deps)
  mountPhone(platform.app, deps, viewers)
  mountOffice(platform.app, deps)
  mountSignup(platform.app, deps, new Sessions(deps))
  mountGraph(platform.app, deps)

  const stop = (): void => {
    viewers.closeAll()
    outbox.stop()
    player.stop()
    store.flush()
  }
  return {
    platform,
    deps,
    stop,
    listen: async () => {
      const server = await listen(platform.app, options.port)
      const address = server.address()
      if (typeof address === 'object' && address !== null) baseUrl = `http://127.0.0.1:${address.port}`
      server.once('close', stop)
      outbox.start()
      player.resume()
      return server
    },
  }
}

/** A kept state meets this start's addresses, secrets and settings that are new, and what an older one did not know. */
function adoptOptions(state: State, { webhookUrl, appSecret, verifyToken }: MetaOptions): void {
  const { onboarding } = state.settings
  state.settings = { ...structuredClone(defaultSettings), ...state.settings }
  state.settings.onboarding = changedOnboarding(structuredClone(defaultSettings.onboarding), onboarding)
  state.apps = { ...seedApps(), ...state.apps }
  const known = new Set(state.tokens.map(({ token }) => token))
  state.tokens.push(...seedTokens().filter(({ token }) => !known.has(token)))
  const app = state.apps[demoMeta.appId]
  if (app === undefined) return
  app.loginConfigIds ??= [signupFacts.loginConfigId]
  for (const delivery of Object.values(state.deliveries)) {
    if (delivery.url === app.callbackUrl) delivery.url = webhookUrl
  }
  Object.assign(app, { callbackUrl: webhookUrl, secret: appSecret, verifyToken })
}
