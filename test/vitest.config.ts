import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['sandbox/**/*.test.ts'],
    environment: 'node',
    // On a busy machine a webhook or a page takes its time.
    testTimeout: 30_000,
  },
})
