import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: import.meta.dirname,
  test: { name: 'gate', environment: 'node', include: ['*.test.ts'], testTimeout: 60_000, hookTimeout: 120_000 },
})
