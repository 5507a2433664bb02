import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The whole product against the sandbox: one file after the other, since each starts everything. */
export default defineConfig({
  test: {
    root,
    include: ['e2e/**/*.test.ts', 'chaos/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})
