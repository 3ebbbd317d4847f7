// npm run dev: pages change as their files are saved; a change to what the server is made of starts it again.
import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { bundleOptions } from './lib/bundle.mjs'
import { buildServer } from './lib/build.mjs'
import { fail } from './lib/fail.mjs'
import { prepare } from './lib/install.mjs'
import { inRoot, say } from './lib/paths.mjs'

await prepare().catch(fail)
await buildServer()
await mkdir(inRoot('build', 'dev'), { recursive: true })

let child = null
let ending = false
function restart() {
  if (child) {
    child.kill('SIGTERM')
    return
  }
  if (ending) return
  child = spawn(process.execPath, ['--enable-source-maps', inRoot('scripts', 'lib', 'dev-server.mjs')], {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'development' },
  })
  child.once('exit', (code) => {
    child = null
    if (ending) process.exit(code ?? 0)
    if (code === 0) restart()
    else say('The server ended. It starts again with the next change.')
  })
}

const { context } = await import('esbuild')
const watched = await context({
  ...bundleOptions(inRoot('app/server.ts'), inRoot('build/dev/server.mjs')),
  plugins: [
    {
      name: 'restart',
      setup(build) {
        build.onEnd(({ errors }) => {
          if (errors.length === 0) restart()
        })
      },
    },
  ],
})
await watched.watch()
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    ending = true
    void watched.dispose()
    if (child) child.kill(signal)
    else process.exit(0)
  })
