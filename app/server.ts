import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import type { Express } from 'express'
import { openHouse, type House } from '#services/composition.server.ts'
import { clone } from '#services/db/clone.server.ts'
import { isEmpty, seedDemo, wasInterrupted } from '#services/db/seed-demo.server.ts'
import { readSettings, type Settings } from '#services/env.server.ts'
import { makeLog } from '#services/log.server.ts'
import { makeApp, type Pages } from './http/app.server.ts'
import { whenStopped } from './http/stop.server.ts'

async function builtPages(): Promise<Pages> {
  const file = pathToFileURL(join(clone, 'build', 'server', 'index.js')).href
  const build = (await import(/* @vite-ignore */ file)) as ServerBuild
  return { build, routes: build.routes }
}

function cannotListen(code: string, port: number, host: string): string | null {
  if (code === 'EADDRINUSE') return `Port ${String(port)} is in use. Stop what uses it, or set PORT.`
  if (code === 'EACCES') return `This user may not listen on port ${String(port)}. Set PORT to 1024 or more.`
  if (/^(EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN|EINVAL)$/.test(code))
    return `HOST: this machine has no address ${host}.`
  return null
}

function listen(app: Express, { port, host }: Settings): Promise<Server> {
  const server = createServer(app)
  // Longer than a proxy keeps its connections, so that it never writes into one we have just closed.
  server.keepAliveTimeout = 65_000
  server.requestTimeout = 60_000
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const problem = cannotListen(error.code ?? '', port, host)
      reject(problem === null ? error : new Error(problem, { cause: error }))
    })
    server.listen(port, host, () => {
      resolve(server)
    })
  })
}

export interface Site {
  /** Where it listens. */
  url: string
  stop(): Promise<void>
}

export interface ServeOptions {
  settings?: Settings
  /** Tells whoever started it how far it is. */
  say?: (text: string) => void
  pages?: () => Promise<Pages>
}

async function makeDemo(house: House, say: (text: string) => void): Promise<void> {
  if (!house.deps.settings.demo || !(await isEmpty(house.deps.db))) return
  say('Making the demo…')
  await seedDemo(house.deps.settings.dataFolder)
}

const welcome = (url: string, { demo }: Settings): string =>
  [
    '',
    `Kith is at ${url}`,
    demo
      ? `Sign in as one of the demo's people at ${url}/demo (mail is kept at ${url}/demo/mail)`
      : `Sign in at ${url}/sign-in`,
    'Stop it with Ctrl-C.',
    '',
  ].join('\n')

/** Opens the house, makes the demo if it is missing, runs the worker and serves; undone when a part fails. */
export async function serve(options: ServeOptions = {}): Promise<Site> {
  const settings = options.settings ?? readSettings()
  const say = options.say ?? (() => undefined)
  const log = makeLog(settings.logLevel)
  const house = await openHouse(settings, log, {
    anew: settings.demo && (await wasInterrupted(settings.dataFolder)),
  })
  try {
    const [pages] = await Promise.all([(options.pages ?? builtPages)(), makeDemo(house, say)])
    await house.startWorker()
    const server = await listen(makeApp(house.deps, pages), settings)
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : settings.port
    const url = settings.port === port ? settings.origin : `http://localhost:${String(port)}`
    say(welcome(url, settings))
    return { url, stop: () => whenStopped(server, house) }
  } catch (error) {
    await house.close()
    throw error
  }
}
