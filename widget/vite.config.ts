import { cpSync } from 'node:fs'
import { resolve } from 'node:path'
import preact from '@preact/preset-vite'
import type { Plugin } from 'vite'
import { defineConfig } from 'vite'
import { contractSchemas } from './build/contract-schemas.ts'

const here = import.meta.dirname
const outDir = resolve(here, '../app')

/** Desk reads `app/translations/<locale>.json` itself and hands the words to the page. */
function translations(): Plugin {
  return {
    name: 'kaiwa-translations',
    apply: 'build',
    writeBundle: () => cpSync(resolve(here, '../translations'), resolve(outDir, 'translations'), { recursive: true }),
  }
}

/**
 * Vite loads the styles of a part together with it, by a helper of half a kilobyte in the first load. Our parts have no styles
 * of their own and nothing to preload, so for them the helper is the import itself.
 */
function plainImports(): Plugin {
  return {
    name: 'kaiwa-plain-imports',
    apply: 'build',
    enforce: 'pre',
    load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load()' : null),
  }
}

export default defineConfig({
  root: here,
  base: './',
  plugins: [preact({ reactAliasesEnabled: false }), contractSchemas(), plainImports(), translations()],
  resolve: {
    alias: [
      { find: /^react(-dom)?$/, replacement: resolve(here, 'src/ui/react.ts') },
      { find: 'react/jsx-runtime', replacement: resolve(here, 'src/ui/react-jsx.ts') },
    ],
  },
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2024',
    sourcemap: false,
    // Desk's packer takes file names of at most 50 characters of [A-Za-z0-9_.$-].
    rolldownOptions: {
      input: { ticket: resolve(here, 'ticket.html') },
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
        hashCharacters: 'hex',
      },
    },
    // One small bundle: nothing to preload.
    modulePreload: false,
  },
})
