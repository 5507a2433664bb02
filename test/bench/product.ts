import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readD1Migrations } from '@cloudflare/vitest-plugin'
import { createTestHarness } from 'wrangler'
import { demoMeta, demoZoho } from '../sandbox/demo.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export type BenchWorker = {
  url: string
  env: Record<'DIRECTORY' | 'SHARD_0' | 'SHARD_1', D1Like>
  tick(): Promise<void>
  close(): Promise<void>
}

export type D1Like = {
  prepare(sql: string): D1Statement
  batch(statements: D1Statement[]): Promise<Array<{ results: Record<string, unknown>[] }>>
}
export type D1Statement = {
  bind(...values: unknown[]): D1Statement
  run(): Promise<{ meta: { rows_read: number; rows_written: number } }>
  first(): Promise<Record<string, unknown> | null>
}

const SECRETS = {
  ENCRYPTION_KEYS: JSON.stringify({ k1: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=' }),
  SESSION_KEY: 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=',
  OPERATOR_TOKEN: 'bench-operator-token-of-some-length',
}

/** The product's Worker in workerd, without wrangler's development proxy in front of it. */
export async function startProduct(
  origins: { graph: string; desk: string },
  main = 'worker/src/index.ts',
): Promise<BenchWorker> {
  const harness = createTestHarness({
    root,
    workers: [
      {
        configPath: configFor(main),
        secrets: {
          ...SECRETS,
          META_APP_ID: demoMeta.appId,
          META_APP_SECRET: demoMeta.appSecret,
          META_VERIFY_TOKEN: demoMeta.verifyToken,
          ZOHO_CLIENT_ID: demoZoho.clientId,
          ZOHO_CLIENT_SECRET: demoZoho.clientSecret,
          PLATFORM_ORIGINS: JSON.stringify({ graph: origins.graph, desk: origins.desk, accounts: origins.desk }),
          CLOCK_URL: `${origins.graph}/__sandbox/clock`,
        },
      },
    ],
  })
  const { url } = await harness.listen()
  const env = await harness.getWorker<BenchWorker['env']>().getEnv()
  for (const name of ['DIRECTORY', 'SHARD_0', 'SHARD_1'] as const)
    await migrate(env[name], name === 'DIRECTORY' ? 'directory' : 'shard')
  const origin = url.origin
  return {
    url: origin,
    env,
    tick: async () => {
      await fetch(`${origin}/__tick`, { method: 'POST' })
    },
    close: () => harness.close(),
  }
}

/** The deployed configuration with another entry file. */
function configFor(main: string): string {
  const folder = join(root, 'node_modules', '.cache', 'kaiwa')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `wrangler-${main.replace(/\W/g, '-')}.toml`)
  const config = readFileSync(join(root, 'wrangler.toml'), 'utf8')
  writeFileSync(
    file,
    config
      .replace('main = "worker/src/index.ts"', `main = ${JSON.stringify(join(root, main))}`)
      .replaceAll('migrations_dir = "', `migrations_dir = "${root}`),
  )
  return file
}

export const benchOperatorToken = SECRETS.OPERATOR_TOKEN

/** The floor's Worker, started the same way. */
export async function startFloor(): Promise<{ url: string; close(): Promise<void> }> {
  const harness = createTestHarness({
    root,
    workers: [{ configPath: 'test/bench/workers/floor.toml', secrets: { META_APP_SECRET: demoMeta.appSecret } }],
  })
  const { url } = await harness.listen()
  return { url: url.origin, close: () => harness.close() }
}

async function migrate(db: D1Like, kind: 'directory' | 'shard'): Promise<void> {
  for (const { queries } of await readD1Migrations(join(root, 'worker', 'migrations', kind))) {
    for (const query of queries) await db.prepare(query).run()
  }
}
