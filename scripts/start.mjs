// npm start: from a fresh clone to a site that answers.
import { pathToFileURL } from 'node:url'
import { build } from './lib/build.mjs'
import { fail } from './lib/fail.mjs'
import { prepare } from './lib/install.mjs'
import { inRoot, say } from './lib/paths.mjs'
import { stopWhenAsked } from './lib/signals.mjs'

process.env.NODE_ENV ??= 'production'
try {
  await prepare()
  await build()
  const stopping = stopWhenAsked()
  const { serve } = await import(pathToFileURL(inRoot('build', 'server.mjs')).href)
  const site = await serve({ say })
  stopping.stop = () => site.stop()
} catch (error) {
  fail(error)
}
