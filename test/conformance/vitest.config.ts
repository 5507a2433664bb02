import { defineConfig } from 'vitest/config'

/** The doubles' calls and answers against the platforms' own descriptions, whose folder `CONTRACTS_DIR` names. */
export default defineConfig({
  root: import.meta.dirname,
  test: {
    name: 'conformance',
    environment: 'node',
    include: ['**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
