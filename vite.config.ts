import { fileURLToPath } from 'node:url'
import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig } from 'vite'
import options from './remix.config.js'

const folder = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url))

/** What changes only with its own releases: browsers keep it when ours does. */
const LIBRARIES = /\/node_modules\/(react|react-dom|scheduler|@remix-run|turbo-stream)\//
/**
 * What nearly every page is made of, as one file. On a slow line each request waits its turn, and twenty files of a few hundred bytes
 * are twenty turns; packed together they are smaller, too.
 */
const PARTS = [
  /\/app\/components\/(button|card|cx|details|empty|keep|navigation|near-me|notice|summary-list|tag)\b/,
  /\/app\/components\/forms\/(choices|error-summary|field|filter-group|filters|hidden-fields|select|text-field)\./,
  /\/app\/components\/(tile\/(families|picture|tile)|voices\/(experience|regulator|scale))\./,
  /\/services\/kernel\/money\./,
]
const chunkOf = (id: string): string | undefined =>
  LIBRARIES.test(id) ? 'libraries' : PARTS.some((part) => part.test(id)) ? 'parts' : undefined

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [remix(options)],
  resolve: {
    alias: [
      { find: /^~\//, replacement: `${folder('app')}/` },
      { find: /^#services\//, replacement: `${folder('services')}/` },
    ],
  },
  build: {
    // A data: URL would be against the content security policy.
    assetsInlineLimit: 0,
    target: 'es2022',
    sourcemap: false,
    ...(isSsrBuild ? {} : { rollupOptions: { output: { manualChunks: chunkOf } } }),
  },
  server: { middlewareMode: true },
  // Components load on demand; without this Vite finds them one by one and reloads the page in between.
  optimizeDeps: { include: ['@remix-run/react', 'react', 'react-dom', 'react/jsx-runtime'] },
}))
