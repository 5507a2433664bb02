import { cpSync, existsSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import preact from '@preact/preset-vite'
import type { EnvironmentOptions, Plugin } from 'vite'
import { defineConfig } from 'vite'
import { contractSchemas } from './build/contract-schemas.ts'

const here = import.meta.dirname

/** One page per Desk location. */
const PAGES = ['ticket', 'settings', 'inbox'].filter((page) => existsSync(resolve(here, `${page}.html`)))

/** Desk reads `app/translations/<locale>.json` itself and hands the words to the page. */
function translations(): Plugin {
  return {
    name: 'kaiwa-translations',
    apply: 'build',
    writeBundle: ({ dir = '' }) =>
      cpSync(resolve(here, '../translations'), resolve(dir, 'translations'), { recursive: true }),
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

/** Each page is built by itself: parts that pages share would split the ticket pane's first load into more and larger files. */
function built(page: string): EnvironmentOptions {
  return {
    consumer: 'client',
    build: {
      rolldownOptions: {
        input: { [page]: resolve(here, `${page}.html`) },
        // Desk's packer takes file names of at most 50 characters of [A-Za-z0-9_.$-].
        output: {
          entryFileNames: 'assets/[name]-[hash].js',
          chunkFileNames: 'assets/[name]-[hash].js',
          assetFileNames: 'assets/[name]-[hash][extname]',
          hashCharacters: 'hex',
        },
      },
    },
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
  environments: Object.fromEntries(PAGES.map((page) => [page, built(page)])),
  builder: {
    async buildApp(builder) {
      const { config, environments } = builder
      rmSync(resolve(here, config.build.outDir), { recursive: true, force: true })
      for (const page of PAGES) {
        const environment = environments[page]
        if (environment !== undefined) await builder.build(environment)
      }
    },
  },
  build: {
    outDir: resolve(here, '../app'),
    emptyOutDir: false,
    // Half a kilobyte less of the ticket pane's first load than the builder's own minifier.
    minify: 'terser',
    terserOptions: {
      ecma: 2020,
      module: true,
      compress: { ecma: 2020, module: true, passes: 2, unsafe_arrows: true, keep_fargs: false },
    },
    target: 'es2024',
    sourcemap: false,
    // One small bundle: nothing to preload.
    modulePreload: false,
  },
})
