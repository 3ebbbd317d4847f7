import { fileURLToPath } from 'node:url'
import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig, type Plugin } from 'vite'
import options from './remix.config.js'

/**
 * What is fetched on a press brings no styles of its own, and the parts it shares with its page are there already: so there is nothing
 * to preload, and Vite's 500 bytes for doing so stay out of the first script of each page that has such a press.
 */
const plainImports: Plugin = {
  name: 'kith-plain-imports',
  enforce: 'pre',
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load()' : null),
}

const folder = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url))

export default defineConfig({
  plugins: [plainImports, remix(options)],
  resolve: {
    alias: [
      { find: /^~\//, replacement: `${folder('app')}/` },
      // Of the modules of Leaflet only what is used: the package itself names its one large file.
      { find: /^leaflet$/, replacement: 'leaflet/dist/leaflet-src.esm.js' },
      { find: /^#services\//, replacement: `${folder('services')}/` },
    ],
  },
  build: {
    // A data: URL would be against the content security policy.
    assetsInlineLimit: 0,
    target: 'es2022',
    modulePreload: { resolveDependencies: () => [] },
    sourcemap: false,
  },
  server: { middlewareMode: true },
  // Components load on demand; without this Vite finds them one by one and reloads the page in between.
  optimizeDeps: { include: ['@remix-run/react', 'react', 'react-dom', 'react/jsx-runtime'] },
})
