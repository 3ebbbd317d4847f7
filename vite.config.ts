import { fileURLToPath } from 'node:url'
import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig } from 'vite'
import options from './remix.config.js'

const folder = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url))

export default defineConfig({
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
  },
  server: { middlewareMode: true },
  // Components load on demand; without this Vite finds them one by one and reloads the page in between.
  optimizeDeps: { include: ['@remix-run/react', 'react', 'react-dom', 'react/jsx-runtime'] },
})
