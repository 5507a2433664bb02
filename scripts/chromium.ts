import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** What playwright-core's `chromium.launch` takes. */
export type BrowserLaunch = {
  executablePath: string
  args: string[]
  env: Record<string, string>
  chromiumSandbox: boolean
}

const CACHE = fileURLToPath(new URL('../node_modules/.cache/kaiwa-chromium/', import.meta.url))

const SYSTEM_BROWSERS = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * A browser that needs nothing installed on the machine: the Chromium of @sparticuz/chromium with its own NSS libraries and
 * font, unpacked once. Elsewhere than on 64-bit Intel Linux, or where CHROME_PATH names one, an installed Chrome.
 *
 * That package's own launch arguments are not used: they switch off web security, site isolation and the process model that
 * the tests are about.
 */
export async function browserLaunch(): Promise<BrowserLaunch> {
  const isPackaged = process.env['CHROME_PATH'] === undefined && process.platform === 'linux' && process.arch === 'x64'
  if (!isPackaged)
    return { executablePath: installedBrowser(), args: [], env: inheritedEnvironment(), chromiumSandbox: false }
  const directory = await unpack()
  const libraries = [join(directory, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':')
  return {
    executablePath: join(directory, 'chromium'),
    args: ['--font-render-hinting=none'],
    env: { ...inheritedEnvironment(), LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(directory, 'fonts.conf') },
    chromiumSandbox: false,
  }
}

function installedBrowser(): string {
  const found = [process.env['CHROME_PATH'], ...SYSTEM_BROWSERS].find((path) => path !== undefined && existsSync(path))
  if (found === undefined) throw new Error('No browser found: install Google Chrome, or name one in CHROME_PATH.')
  return found
}

function inheritedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/**
 * Unpacks the browser under its version, in one step at the end: a run that was interrupted, or another one at the same
 * time, leaves no half of it.
 */
async function unpack(): Promise<string> {
  const directory = join(CACHE, packageVersion())
  if (existsSync(directory)) return directory
  mkdirSync(CACHE, { recursive: true })
  const scratch = mkdtempSync(join(CACHE, 'unpacking-'))
  const { default: chromium } = await import('@sparticuz/chromium')
  // The package unpacks into the system's temporary directory, and its libraries only where it believes to be on Lambda.
  await withEnvironment({ TMPDIR: scratch, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' }, () =>
    chromium.executablePath(),
  )
  writeFileSync(join(scratch, 'fonts.conf'), fontsConfiguration(directory))
  try {
    renameSync(scratch, directory)
  } catch (error) {
    rmSync(scratch, { recursive: true, force: true })
    if (!existsSync(directory)) throw error
  }
  return directory
}

function packageVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  let folder = dirname(entry)
  while (!existsSync(join(folder, 'bin', 'chromium.br'))) folder = dirname(folder)
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).version
}

/** The machine's fonts and the packaged one, which alone makes text measurable on a machine without any. */
function fontsConfiguration(directory: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(homedir(), '.fonts')}</dir>
  <dir>${join(directory, 'fonts', 'fonts')}</dir>
  <cachedir>${join(directory, 'fonts-cache')}</cachedir>
</fontconfig>
`
}

async function withEnvironment<Value>(values: Record<string, string>, work: () => Promise<Value>): Promise<Value> {
  const before = Object.fromEntries(Object.keys(values).map((name) => [name, process.env[name]]))
  Object.assign(process.env, values)
  try {
    return await work()
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}
