import { execFile, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { commandOf, isAlive } from './processes.server.ts'

const run = promisify(execFile)

/** A PostgreSQL data folder and the programs that run it. */
export interface Cluster {
  /** The folder with bin/, lib/ and share/. */
  native: string
  data: string
  /** Who runs it: PostgreSQL refuses to run as root. Null: whoever we are. */
  runAs: { uid: number; gid: number } | null
}

const program = (cluster: Cluster, name: string): string =>
  join(cluster.native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)

const as = (cluster: Cluster) => ({
  ...(cluster.runAs ?? {}),
  // A folder that everybody may enter: the clone may not be.
  cwd: dirname(cluster.data),
})

/** Makes the data folder, in one step as others see it: an interrupted attempt leaves nothing half made. */
export async function initialise(cluster: Cluster, password: string): Promise<void> {
  const fresh = `${cluster.data}.new`
  const secret = `${cluster.data}.secret`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { recursive: true, mode: 0o700 })
  await writeFile(secret, `${password}\n`, { mode: 0o600 })
  if (cluster.runAs) {
    await chown(fresh, cluster.runAs.uid, cluster.runAs.gid)
    await chown(secret, cluster.runAs.uid, cluster.runAs.gid)
  }
  try {
    const flags = ['--username=postgres', '--auth=scram-sha-256', '--encoding=UTF8', '--no-instructions']
    const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    await run(
      program(cluster, 'initdb'),
      [`--pgdata=${fresh}`, `--pwfile=${secret}`, ...flags, ...locale],
      as(cluster),
    )
    await rename(fresh, cluster.data)
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    const words = (error as { stderr?: string }).stderr ?? String(error)
    throw new Error(`The embedded PostgreSQL could not make its data folder: ${words.trim()}`, {
      cause: error,
    })
  } finally {
    await rm(secret, { force: true })
  }
}

/** The server that runs on this data folder, or null. Removes a pid file that a killed server left behind. */
export async function running(
  cluster: Cluster,
): Promise<{ pid: number; port: number; ready: boolean } | null> {
  const file = join(cluster.data, 'postmaster.pid')
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return null
  const command = commandOf(pid)
  // After a restart of the machine, or in a container, the id may belong to any other program; PostgreSQL
  // would then refuse to start.
  const ours =
    process.platform === 'win32' || (command.includes('postgres') && command.includes(cluster.data))
  if (!isAlive(pid) || !ours) {
    await rm(file, { force: true })
    return null
  }
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

/** A port of 127.0.0.1 that nobody uses: `wish` if it is free. */
export async function freePort(wish: number | null): Promise<number> {
  const isFree = (port: number): Promise<boolean> =>
    new Promise((resolve) => {
      const server = createServer()
      server.once('error', () => {
        resolve(false)
      })
      server.listen(port, '127.0.0.1', () => {
        server.close(() => {
          resolve(true)
        })
      })
    })
  if (wish !== null && (await isFree(wish))) return wish
  for (;;) {
    // Below the range from which systems take ports for outgoing connections.
    const port = 15_432 + Math.floor(Math.random() * 10_000)
    if (await isFree(port)) return port
  }
}

export interface StartOptions {
  port: number
  /** The server's own words go here; it holds no values of rows (see `log_error_verbosity`). */
  logFile: string
  settings?: Readonly<Record<string, string>>
}

/** Starts the server and waits until it answers; a crash's recovery may take its time. */
export async function start(cluster: Cluster, options: StartOptions): Promise<{ pid: number; port: number }> {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // DETAIL lines carry the values of rows: they are people's.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...options.settings,
  }
  const log = openSync(options.logFile, 'a', 0o600)
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // In a group of its own, so that Ctrl-C reaches only us and we stop it after our last query.
  const child = spawn(
    program(cluster, 'postgres'),
    ['-D', cluster.data, '-p', String(options.port), ...flags],
    {
      ...as(cluster),
      detached: true,
      stdio: ['ignore', log, log],
    },
  )
  closeSync(log)
  let ended = false
  child.once('error', () => (ended = true))
  child.once('exit', () => (ended = true))
  child.unref()
  for (let attempt = 0; attempt < 6_000; attempt += 1) {
    if (ended) {
      const words = (await readFile(options.logFile, 'utf8').catch(() => '')).trim().split('\n').slice(-5)
      throw new Error(`The embedded PostgreSQL did not start:\n${words.join('\n')}`)
    }
    const state = await running(cluster)
    if (state?.ready && state.pid === child.pid) return { pid: state.pid, port: options.port }
    await wait(20)
  }
  throw new Error('The embedded PostgreSQL did not become ready within two minutes.')
}

/** Stops it as PostgreSQL likes it (open transactions are rolled back, everything is written), however long. */
export async function stop(cluster: Cluster): Promise<void> {
  const state = await running(cluster)
  if (!state) return
  if (process.platform === 'win32') {
    await run(program(cluster, 'pg_ctl'), ['stop', '-D', cluster.data, '-m', 'fast', '-w'], as(cluster))
    return
  }
  process.kill(state.pid, 'SIGINT')
  for (let attempt = 0; isAlive(state.pid) && attempt < 3_000; attempt += 1) {
    // A zombie that nobody waits for still has an id; the pid file goes when the server is done.
    if (!(await readFile(join(cluster.data, 'postmaster.pid'), 'utf8').catch(() => ''))) return
    await wait(20)
  }
}

/** For data folders that somebody else must reach. */
export async function openToOthers(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o755)
}
