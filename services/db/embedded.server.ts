import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { clone } from './clone.server.ts'
import { freePort, initialise, running, start, stop, type Cluster } from './cluster.server.ts'
import { clusterOf } from './home.server.ts'
import { alone, me, stillThere } from './processes.server.ts'

/** What this clone's server was made with; kept beside its data, readable by its owner alone. */
interface Keys {
  port: number
  /** Of PostgreSQL's superuser, who only makes the owner and the database. */
  superuser: string
  owner: string
}

export interface EmbeddedPostgres {
  /** As the database's owner, who is no superuser: what works here works on any PostgreSQL. */
  url: string
  /** Leaves the server; the last process of this clone to leave stops it. */
  leave(): Promise<void>
}

const DATABASE = 'kith'
const OWNER = 'kith_owner'
const keysFile = (folder: string): string => join(folder, 'postgres.json')

const newPassword = (): string => randomBytes(24).toString('base64url')

async function readKeys(folder: string): Promise<Keys | null> {
  try {
    return JSON.parse(await readFile(keysFile(folder), 'utf8')) as Keys
  } catch {
    return null
  }
}

const writeKeys = (folder: string, keys: Keys): Promise<void> =>
  writeFile(keysFile(folder), `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 })

const address = (user: string, password: string, port: number, database: string): string =>
  `postgresql://${user}:${password}@127.0.0.1:${String(port)}/${database}`

/** Makes the owner and the database, if an earlier start did not get that far. */
async function ensureDatabase(keys: Keys, anew: boolean): Promise<void> {
  const client = new pg.Client({
    connectionString: address('postgres', keys.superuser, keys.port, 'postgres'),
  })
  await client.connect()
  try {
    const roles = await client.query('select 1 from pg_roles where rolname = $1', [OWNER])
    if (roles.rowCount === 0)
      await client.query(`create role ${OWNER} login createrole createdb password '${keys.owner}'`)
    if (anew) await client.query(`drop database if exists ${DATABASE} with (force)`)
    const databases = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (databases.rowCount === 0) await client.query(`create database ${DATABASE} owner ${OWNER}`)
  } finally {
    await client.end()
  }
}

function othersInside(usersFolder: string): boolean {
  const names = existsSync(usersFolder) ? readdirSync(usersFolder) : []
  return names.some((name) => {
    if (name === String(process.pid)) return false
    const file = join(usersFolder, name)
    try {
      if (stillThere(readFileSync(file, 'utf8'))) return true
      rmSync(file, { force: true })
    } catch {
      // It left just now.
    }
    return false
  })
}

async function ensureRunning(cluster: Cluster, folder: string): Promise<Keys> {
  let keys = await readKeys(folder)
  if (!existsSync(join(cluster.data, 'PG_VERSION'))) {
    keys = { port: await freePort(keys?.port ?? null), superuser: newPassword(), owner: newPassword() }
    // Before the data: a folder whose password nobody knows would be of no use.
    await writeKeys(folder, keys)
    await initialise(cluster, keys.superuser)
  }
  if (!keys)
    throw new Error(`${keysFile(folder)} is missing, so the database in ${cluster.data} cannot be opened.`)
  const already = await running(cluster)
  if (already) {
    // Ours, or left over from a process that was killed: it is as good as a new one.
    for (let attempt = 0; attempt < 600; attempt += 1) {
      const state = await running(cluster)
      if (state?.ready) return { ...keys, port: state.port }
      if (!state) break
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  keys = { ...keys, port: await freePort(keys.port) }
  await writeKeys(folder, keys)
  await start(cluster, {
    port: keys.port,
    logFile: join(folder, 'postgres.log'),
    settings: { jit: 'off' },
  })
  return keys
}

/**
 * Starts this clone's own PostgreSQL, or joins the one that another process of this clone started
 * (the site and an import may run side by side).
 * @param folder where it keeps its data; `anew` throws the database's content away first
 */
export async function embeddedPostgres(folder: string, { anew = false } = {}): Promise<EmbeddedPostgres> {
  const cluster = await clusterOf(clone, folder)
  const lockFile = join(folder, 'postgres.lock')
  const usersFolder = join(folder, 'postgres.users')
  const myMark = join(usersFolder, String(process.pid))
  await mkdir(usersFolder, { recursive: true })
  const keys = await alone(lockFile, async () => {
    const open = await ensureRunning(cluster, folder)
    await ensureDatabase(open, anew)
    await writeFile(myMark, me())
    return open
  })
  let left = false
  const leave = async (): Promise<void> => {
    if (left) return
    left = true
    await alone(lockFile, async () => {
      await rm(myMark, { force: true })
      if (!othersInside(usersFolder)) await stop(cluster)
    })
  }
  // A process that ends without leaving (an uncaught error) at least asks the server to stop.
  process.once('exit', () => {
    if (left) return
    rmSync(myMark, { force: true })
    if (othersInside(usersFolder)) return
    try {
      const pid = Number(readFileSync(join(cluster.data, 'postmaster.pid'), 'utf8').split('\n')[0])
      if (process.platform !== 'win32') process.kill(pid, 'SIGINT')
    } catch {
      // It is down already.
    }
  })
  return { url: address(OWNER, keys.owner, keys.port, DATABASE), leave }
}
