import { type ChildProcess, spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { clone } from '#services/db/clone.server.ts'
import { freePort } from '#services/db/cluster.server.ts'

/** Everything a bench makes lives here and is thrown away by the next one. */
export const BENCH_DATA = join(clone, '.data', 'bench')

const environment = (changes: Record<string, string>): NodeJS.ProcessEnv => {
  const { DATABASE_URL: _, ...rest } = globalThis.process.env
  return { ...rest, LOG_LEVEL: 'error', NODE_ENV: 'production', ...changes }
}

/** Runs one of our own scripts to its end. */
export async function script(args: readonly string[], changes: Record<string, string>): Promise<void> {
  const child = spawn(globalThis.process.execPath, [...args], {
    cwd: clone,
    env: environment(changes),
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}`)
}

/** What the process had in memory, now and at most, in MB; its PostgreSQL is counted apart, as any database is. */
export async function memoryOf(pid: number): Promise<{ now: number; most: number }> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8')
  const megabytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024
  return { now: megabytes('VmRSS'), most: megabytes('VmHWM') }
}

/** Runs one of our own scripts to its end, and says how long it took, what it needed at most and what it printed. */
export async function scriptWatched(
  args: readonly string[],
  changes: Record<string, string>,
): Promise<{ seconds: number; megabytes: number; said: string }> {
  const started = performance.now()
  const child = spawn(globalThis.process.execPath, [...args], {
    cwd: clone,
    env: environment(changes),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  let megabytes = 0
  const watch = setInterval(() => {
    memoryOf(child.pid ?? 0).then(
      ({ most }) => (megabytes = Math.max(megabytes, most)),
      // It ended just now.
      () => undefined,
    )
  }, 250)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  clearInterval(watch)
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}: ${said}`)
  return { seconds: (performance.now() - started) / 1_000, megabytes, said }
}

export interface RunningSite {
  url: string
  pid: number
  /** From the start of the command to the first 200 of /healthz, in milliseconds. */
  startedIn: number
  stop: () => Promise<void>
}

/** What `npm start` gives to node, so that the bench measures what people run. */
async function startArguments(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(join(clone, 'package.json'), 'utf8')) as {
    scripts: { start: string }
  }
  return scripts.start.split(' ').slice(1)
}

/** `npm start`, on a port of its own. */
export async function startSite(dataFolder: string, options: { demo: boolean }): Promise<RunningSite> {
  const port = await freePort(null)
  const started = performance.now()
  const child: ChildProcess = spawn(globalThis.process.execPath, await startArguments(), {
    cwd: clone,
    env: environment({ DATA_DIR: dataFolder, PORT: String(port), DEMO: options.demo ? '1' : '0' }),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://localhost:${String(port)}`
  const over = new Promise<never>((_resolve, reject) =>
    child.once('exit', (code) => {
      reject(new Error(`the site ended with ${String(code)}`))
    }),
  )
  over.catch(() => undefined)
  const answers = async (): Promise<void> => {
    for (;;) {
      const status = await fetch(`${url}/healthz`).then(
        (response) => response.status,
        () => 0,
      )
      if (status === 200) return
      await wait(20)
    }
  }
  await Promise.race([answers(), over])
  return {
    url,
    pid: child.pid ?? 0,
    startedIn: performance.now() - started,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
}

export const emptyFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true })
