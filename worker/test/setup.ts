import { applyD1Migrations } from 'cloudflare:test'
import type { D1Migration } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll } from 'vitest'

declare global {
  namespace Cloudflare {
    interface Env {
      TEST_MIGRATIONS: { directory: D1Migration[]; shard: D1Migration[] }
    }
  }
}

beforeAll(async () => {
  const { TEST_MIGRATIONS } = env
  await applyD1Migrations(env.DIRECTORY, TEST_MIGRATIONS.directory)
  await applyD1Migrations(env.SHARD_0, TEST_MIGRATIONS.shard)
  await applyD1Migrations(env.SHARD_1, TEST_MIGRATIONS.shard)
})
