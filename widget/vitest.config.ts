import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { contractSchemas } from './build/contract-schemas.ts'

export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  plugins: [contractSchemas()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    name: 'widget',
    environment: 'node',
    testTimeout: 30_000,
    include: ['widget/src/**/*.test.{ts,tsx}', 'widget/build/**/*.test.ts'],
  },
})
