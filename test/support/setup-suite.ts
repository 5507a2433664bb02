import type { Browser } from 'playwright-core'
import { Administrator } from '../sandbox/administrator.ts'
import { demoAgentIds, demoPortal } from '../sandbox/demo.ts'
import type { Sandbox, SandboxOptions } from '../sandbox/sandbox.ts'
import { Api } from './api.ts'
import { launchBrowser } from './browser.ts'
import { openDesk } from './desk-window.ts'
import type { DeskPlace, DeskWindow, Look } from './desk-window.ts'
import { openSettings } from './settings-window.ts'
import type { SettingsWindow } from './settings-window.ts'
import { control, orStop, startSuiteSandbox } from './suite-sandbox.ts'

/** A sandbox in which nothing is connected, and a browser. */
export type SetupSuite = {
  sandbox: Sandbox
  browser: Browser
  /** Desk's settings area in a browser of its own, as the administrator unless told. */
  settings(look?: Look, place?: DeskPlace): Promise<SettingsWindow>
  desk(place: DeskPlace): Promise<DeskWindow>
  /** The API as an agent has it, with the install key that stands in Desk's configuration. */
  api(agentId?: string): Api
  /** The administrator, signed in without a browser. */
  administrator(): Promise<Administrator>
  /** Changes settings of the Meta double. */
  meta(settings: Record<string, unknown>): Promise<void>
  /** Changes settings of the Desk double. */
  zoho(settings: Record<string, unknown>): Promise<void>
  /** Closes every window. Throws where a page had an error that nothing caught. */
  tidy(): Promise<void>
  stop(): Promise<void>
}

export async function startSetupSuite(basePort: number, options: SandboxOptions = {}): Promise<SetupSuite> {
  const sandbox = await startSuiteSandbox(basePort, { mode: 'empty', ...options })
  leaveUnverified(sandbox)
  const browser = await orStop(sandbox, launchBrowser)
  const { desk, meta, worker } = sandbox.endpoints
  const { orgId } = demoPortal
  const windows: DeskWindow[] = []
  return {
    sandbox,
    browser,
    settings: async (look = {}, place = {}) => {
      const settings = await openSettings(browser, desk, { look: { agent: demoAgentIds.ana, ...look }, ...place })
      windows.push(settings.desk)
      return settings
    },
    desk: async (place) => {
      const window = await openDesk(browser, desk, place)
      windows.push(window)
      return window
    },
    api: (agentId = demoAgentIds.ana) =>
      new Api(worker, { installKey: sandbox.endpoints.installKey, portalId: orgId, userId: agentId }),
    administrator: () =>
      Administrator.signIn({
        worker,
        purpose: 'proof',
        portalId: orgId,
        signer: { orgId, agentId: demoAgentIds.ana },
      }),
    meta: async (settings) => {
      await control(meta, 'settings', settings)
    },
    zoho: async (settings) => {
      await control(desk, 'settings', settings)
    },
    tidy: async () => {
      const closing = windows.splice(0)
      await Promise.all(closing.map(({ page }) => page.context().close()))
      const problems = closing.flatMap((window) => window.problems)
      if (problems.length > 0) throw new Error(`Errors in the page:\n${problems.join('\n')}`)
    },
    stop: async () => {
      await browser.close()
      await sandbox.stop()
    },
  }
}

/** No number of the demo's account has been verified yet. */
function leaveUnverified({ meta }: Sandbox): void {
  for (const number of Object.values(meta.deps.world.state.numbers)) number.codeVerificationStatus = 'UNVERIFIED'
}
