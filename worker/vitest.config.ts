import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Decisions and formats are pure: their tables need no Worker and run in plain Node, hundreds in a blink. */
const PURE = ['src/**/*.{model,format,pure}.test.ts']

const bindings = {
  META_APP_ID: '500100',
  META_APP_SECRET: 'test-app-secret',
  META_VERIFY_TOKEN: 'test-verify-token',
  ZOHO_CLIENT_ID: '1000.TEST',
  ZOHO_CLIENT_SECRET: 'test-zoho-secret',
  ENCRYPTION_KEYS: JSON.stringify({ k1: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=' }),
  SESSION_KEY: 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=',
  OPERATOR_TOKEN: 'test-operator-token-of-some-length',
  PUBLIC_ORIGIN: 'https://kaiwa.test',
}

export default defineConfig({
  test: {
    projects: [
      { root: here('.'), test: { name: 'pure', include: PURE, environment: 'node', testTimeout: 30_000 } },
      {
        root: here('.'),
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: here('../wrangler.toml') },
            miniflare: {
              bindings: {
                ...bindings,
                TEST_MIGRATIONS: {
                  directory: await readD1Migrations(here('./migrations/directory')),
                  shard: await readD1Migrations(here('./migrations/shard')),
                },
              },
            },
          })),
        ],
        test: {
          name: 'worker',
          include: ['src/**/*.test.ts'],
          exclude: PURE,
          setupFiles: [here('./test/setup.ts')],
          testTimeout: 30_000,
        },
      },
    ],
  },
})
