import type { Browser } from 'playwright-core'
import { connectOrganisation, demoOrganisation } from '../sandbox/demo-connection.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import type { Api } from './api.ts'
import { launchBrowser } from './browser.ts'
import { Customer } from './customer.ts'
import { openDesk } from './desk-window.ts'
import type { DeskPlace, DeskWindow } from './desk-window.ts'
import { control, demoApi, orStop, startSuiteSandbox } from './suite-sandbox.ts'

/** The whole product, a browser, and whoever a test needs. */
export type PaneSuite = {
  sandbox: Sandbox
  browser: Browser
  /** The API with a session that is not over. */
  api(): Api
  /** The API as another agent has it. */
  apiOf(agentId: string): Api
  customer(name: string): Customer
  /** Desk in a browser of its own. */
  desk(place?: DeskPlace): Promise<DeskWindow>
  /** Moves the clock of both platforms and of the Worker; what became due is done. */
  advance(ms: number): Promise<void>
  /** Changes settings of the Meta double. */
  meta(settings: Record<string, unknown>): Promise<void>
  /** Closes every window, clears faults and settings. Throws where a page had an error that nothing caught. */
  tidy(): Promise<void>
  stop(): Promise<void>
}

/** Starts it. The channel gathers bursts for a second only: tests wait for each comment. */
export async function startPaneSuite(basePort: number): Promise<PaneSuite> {
  const sandbox = await startSuiteSandbox(basePort)
  const browser = await orStop(sandbox, async () => {
    await connectQuickly(sandbox)
    return launchBrowser()
  })
  let api = demoApi(sandbox)
  const { desk, meta } = sandbox.endpoints
  const windows: DeskWindow[] = []
  const forget = (origin: string, path: string): Promise<Response> =>
    fetch(`${origin}/__sandbox/${path}`, { method: 'DELETE' })
  return {
    sandbox,
    browser,
    api: () => api,
    apiOf: (agentId) => demoApi(sandbox, agentId),
    customer: (name) => new Customer(name, sandbox, () => api),
    desk: async (place = {}) => {
      const window = await openDesk(browser, desk, place)
      windows.push(window)
      return window
    },
    advance: async (ms) => {
      await control(meta, 'clock', { advanceMs: ms })
      api = demoApi(sandbox)
    },
    meta: async (settings) => {
      await control(meta, 'settings', settings)
    },
    tidy: async () => {
      const closing = windows.splice(0)
      await Promise.all(closing.map(({ page }) => page.context().close()))
      await Promise.all([forget(desk, 'faults'), forget(meta, 'faults'), forget(meta, 'settings')])
      const problems = closing.flatMap((window) => window.problems)
      if (problems.length > 0) throw new Error(`Errors in the page:\n${problems.join('\n')}`)
    },
    stop: async () => {
      await browser.close()
      await sandbox.stop()
    },
  }
}

async function connectQuickly(sandbox: Sandbox): Promise<void> {
  const { worker, operatorToken, orgId } = sandbox.endpoints
  const numbers = demoOrganisation.numbers.map((number) => ({
    ...number,
    channel: { ...number.channel, burstSeconds: 1 },
  }))
  const { installKey } = await connectOrganisation(worker, operatorToken, { ...demoOrganisation, numbers })
  sandbox.endpoints.installKey = installKey
  sandbox.desk.setConfigParam(orgId, 'install_key', installKey)
}
