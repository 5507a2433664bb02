import type { Server } from 'node:http'
import type { SandboxClock } from '../shared/clock.ts'
import { createPlatform, listen } from '../shared/platform.ts'
import type { Platform } from '../shared/platform.ts'
import { Store } from '../shared/store.ts'
import { addAccountsRoutes } from './accounts/accounts.routes.ts'
import { Changes } from './changes.ts'
import type { DeskContext } from './context.ts'
import { addControlRoutes, portalNamed, stateView } from './control.ts'
import { sendCallback } from './extension/callbacks.ts'
import type { CallbackEvent } from './extension/callbacks.ts'
import { setConfig } from './extension/config-params.ts'
import { ExtensionDatabase } from './extension/database.ts'
import { addInvokeRoutes } from './extension/invoke.routes.ts'
import { readManifest } from './extension/manifest.ts'
import type { Manifest } from './extension/manifest.ts'
import { FileStore } from './files.ts'
import { addAssetRoutes } from './pages/assets.routes.ts'
import { addPageRoutes } from './pages/pages.routes.ts'
import { commentEndpoints } from './rest/comments.endpoints.ts'
import { contactEndpoints } from './rest/contacts.endpoints.ts'
import { InFlight, addEndpoints } from './rest/endpoint.ts'
import { organizationEndpoints } from './rest/organization.endpoints.ts'
import { ticketListEndpoints } from './rest/ticket-lists.endpoints.ts'
import { ticketEndpoints } from './rest/tickets.endpoints.ts'
import { SearchIndex } from './search-index.ts'
import { createState } from './state.ts'
import type { Contact, DeskState, Ticket } from './state.ts'

export type DeskOptions = {
  clock: SandboxClock
  port: number
  /** A JSON file; uploaded files lie beside it in `<storeFile>.files/`. Without it all is in memory. */
  storeFile?: string
  /** Nobody has connected the extension's server yet: it holds no token of anybody. */
  isEmpty?: boolean
  /** Where the packed extension is served, e.g. `http://127.0.0.1:4304`. */
  widgetOrigin: string
  /** Where the OAuth client's redirect addresses lie. */
  workerOrigin: string
  /** The extension's `plugin-manifest.json`, read anew at each use. */
  manifest: () => unknown
  /** The extension's translations by locale, as `app/translations/<locale>.json` hold them. */
  localeFiles: () => Record<string, Record<string, string>>
  /** Awaited after `POST /__sandbox/clock`. */
  onClockMoved?: () => Promise<void>
}

export type Desk = {
  platform: Platform
  context: DeskContext
  state: DeskState
  /** Sets a configuration parameter of the extension, as an administrator who pastes it would. */
  setConfigParam: (orgId: string, name: string, value: string) => void
  /**
   * Plays an event of the extension's life (`onInstall` and `onUninstall` change whether it is installed) and sends its
   * callback; resolves to the listener's status, undefined without a listener.
   */
  playCallback: (orgId: string, event: CallbackEvent) => Promise<number | undefined>
  /** Listens on loopback; resolves when it does. */
  listen: () => Promise<Server>
}

/** The Zoho Desk double: accounts server, REST API, Desk's pages with the SDK's host side, and control calls. */
export function createDesk(options: DeskOptions): Desk {
  const { clock } = options
  const store = new Store<DeskState>(options.storeFile, () => createState(clock.iso(), options.isEmpty === true))
  const { state } = store
  const context: DeskContext = {
    state,
    save: () => store.save(),
    clock,
    origin: `http://127.0.0.1:${options.port}`,
    files: new FileStore(options.storeFile),
    contactIndex: new SearchIndex<Contact>(clock, () => state.settings.searchLagMs),
    ticketIndex: new SearchIndex<Ticket>(clock, () => state.settings.searchLagMs),
    changes: new Changes(),
  }
  const manifestOf = (): Manifest => readManifest(options.manifest())
  const setConfigParam = (orgId: string, name: string, value: string): void => {
    const portal = portalNamed(context, orgId)
    const event = portal.extension.config[name] === undefined ? 'onConfigParamAdd' : 'onConfigParamChange'
    setConfig(portal, manifestOf(), name, value)
    context.save()
    context.changes.tell({ kind: 'config', orgId })
    void sendCallback(event, portal, manifestOf())
  }
  const play = (orgId: string, event: CallbackEvent): Promise<number | undefined> => {
    const portal = portalNamed(context, orgId)
    if (event === 'onInstall') portal.extension.isInstalled = true
    if (event === 'onUninstall') Object.assign(portal.extension, { isInstalled: false, config: {}, database: [] })
    context.save()
    return sendCallback(event, portal, manifestOf())
  }
  const inFlight = new InFlight()
  const platform = createPlatform({
    clock,
    state: () => stateView(context),
    isInternal: (path) => !path.startsWith('/api/v1/') && !path.startsWith('/oauth/v2/'),
    around: inFlight.middleware(),
    ...(options.onClockMoved === undefined ? {} : { onClockMoved: options.onClockMoved }),
  })
  addAccountsRoutes(platform.app, context, options.workerOrigin)
  addControlRoutes(platform.app, context)
  addInvokeRoutes(platform.app, context, manifestOf)
  addEndpoints(platform.app, context, inFlight, [
    ...organizationEndpoints,
    ...contactEndpoints,
    ...ticketListEndpoints,
    ...ticketEndpoints,
    ...commentEndpoints,
  ])
  addAssetRoutes(platform.app, options.widgetOrigin)
  addPageRoutes(platform.app, {
    desk: context,
    manifestOf,
    widgetOrigin: options.widgetOrigin,
    localeFiles: options.localeFiles,
    database: new ExtensionDatabase(clock),
    setConfig: setConfigParam,
    play,
  })
  return {
    platform,
    context,
    state,
    setConfigParam,
    playCallback: play,
    listen: () => listen(platform.app, options.port),
  }
}
