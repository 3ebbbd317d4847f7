// The site with Vite in front of its pages; started by scripts/dev.mjs.
import { pathToFileURL } from 'node:url'
import { createServer } from 'vite'
import { inRoot, say } from './paths.mjs'
import { stopWhenAsked } from './signals.mjs'

const stopping = stopWhenAsked()
const { serve } = await import(pathToFileURL(inRoot('build', 'dev', 'server.mjs')).href)
const vite = await createServer({ root: inRoot(), server: { middlewareMode: true, hmr: { port: 0 } } })
const load = () => vite.ssrLoadModule('virtual:remix/server-build')
const { routes } = await load()
const site = await serve({ say, pages: async () => ({ build: load, routes, files: vite.middlewares }) })
stopping.stop = async () => {
  await vite.close()
  await site.stop()
}
