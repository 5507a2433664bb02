import chromium from '@sparticuz/chromium'
import { existsSync } from 'node:fs'
import { chromium as playwright } from 'playwright-core'
import type { Browser } from 'playwright-core'

const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/**
 * A headless Chromium: the one inside the npm package where that runs (Linux on x64), else the system's. Background networking is
 * off, so that it speaks to nobody but the pages under test.
 */
export async function launchBrowser(): Promise<Browser> {
  const isPackaged = process.platform === 'linux' && process.arch === 'x64'
  const executablePath = isPackaged ? await chromium.executablePath() : SYSTEM_BROWSERS.find((path) => existsSync(path))
  if (executablePath === undefined) throw new Error(`No browser was found at ${SYSTEM_BROWSERS.join(', ')}.`)
  return playwright.launch({
    executablePath,
    headless: true,
    args: [
      ...(isPackaged ? chromium.args.filter((arg) => !arg.startsWith('--headless')) : []),
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-quic',
    ],
  })
}
