import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { browserLaunch } from '../../scripts/chromium.ts'

/** A headless Chromium that keeps its web security and speaks to nobody but the pages under test. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(await browserLaunch())
}
