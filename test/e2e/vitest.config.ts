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
    testTimeout: 240_000,
    hookTimeout: 180_000,
    // As patient as `eventually`: what a page shows follows what happened, and on a busy machine not at once.
    expect: { poll: { timeout: 30_000, interval: 50 } },
  },
})
