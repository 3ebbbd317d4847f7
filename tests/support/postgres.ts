import { chown, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { quickFolder } from '../../scripts/lib/quick-folder.mjs'
import { clone } from '#services/db/clone.server.ts'
import { freePort, initialise, openToOthers, start, stop } from '#services/db/cluster.server.ts'
import { clusterOf } from '#services/db/home.server.ts'
import { migrate } from '#services/db/migrate.server.ts'
import { commandOf, me, stillThere } from '#services/db/processes.server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Addresses of the server's superuser and of the migrated template's owner, without a database name. */
    postgres: { superuser: string; owner: string; template: string }
  }
}

const PASSWORD = 'only-for-tests'
const TEMPLATE = 'kith_template'

async function makeTemplate(superuser: string, owner: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${superuser}/postgres` })
  await client.connect()
  await client.query(`create role kith_owner login createrole createdb password '${PASSWORD}'`)
  await client.query(`create database ${TEMPLATE} owner kith_owner`)
  await client.end()
  await migrate(`${owner}/${TEMPLATE}`)
}

const BASE = 'kith-test-'

/** Servers of runs that were killed: nobody else would ever stop them. */
async function sweep(
  base: string,
  native: string,
  runAs: { uid: number; gid: number } | null,
): Promise<void> {
  for (const name of await readdir(base)) {
    if (!name.startsWith(BASE)) continue
    const folder = join(base, name)
    const owner = await readFile(join(folder, 'owner'), 'utf8').catch(() => null)
    if (owner === null || stillThere(owner)) continue
    await stop({ native, runAs, data: join(folder, 'postgres', 'data') })
    await rm(folder, { recursive: true, force: true })
  }
}

/** A server that is there already (TEST_POSTGRES_URL, its superuser's address): to run these tests on another version. */
async function useServer(project: TestProject, superuser: string): Promise<() => Promise<void>> {
  const owner = new URL(superuser)
  owner.username = 'kith_owner'
  owner.password = PASSWORD
  const admin = new pg.Client({ connectionString: `${superuser}/postgres` })
  await admin.connect()
  // What a run before this left behind.
  const left = await admin.query<{ name: string }>(
    `select datname as name from pg_database where pg_get_userbyid(datdba) = 'kith_owner'`,
  )
  for (const { name } of left.rows) await admin.query(`drop database "${name}" with (force)`)
  await admin.query('drop role if exists kith_owner')
  await admin.end()
  const address = owner.toString().replace(/\/$/, '')
  await makeTemplate(superuser, address)
  project.provide('postgres', { superuser, owner: address, template: TEMPLATE })
  return () => Promise.resolve()
}

/** A PostgreSQL for this run alone, with a migrated database that each test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_POSTGRES_URL']
  if (given) return useServer(project, given.replace(/\/$/, ''))
  const { native, runAs } = await clusterOf(clone, join(clone, '.data'))
  const base = await quickFolder()
  await sweep(base, native, runAs)
  const folder = await mkdtemp(join(base, BASE))
  await openToOthers(folder)
  await writeFile(join(folder, 'owner'), me())
  const home = join(folder, 'postgres')
  await openToOthers(home)
  if (runAs) await chown(home, runAs.uid, runAs.gid)
  const cluster = { native, runAs, data: join(home, 'data') }
  await initialise(cluster, PASSWORD)
  const port = await freePort(null)
  const address = (user: string) => `postgresql://${user}:${PASSWORD}@127.0.0.1:${String(port)}`
  try {
    const { pid } = await start(cluster, {
      port,
      logFile: join(folder, 'postgres.log'),
      // Nobody misses these databases after a power cut.
      settings: {
        fsync: 'off',
        synchronous_commit: 'off',
        full_page_writes: 'off',
        jit: 'off',
        max_connections: '200',
        autovacuum: 'off',
        max_wal_size: '256MB',
      },
    })
    // A run that is ended by a signal does not get as far as its teardown.
    process.once('exit', () => {
      if (commandOf(pid).includes(cluster.data)) process.kill(pid, 'SIGINT')
    })
    await makeTemplate(address('postgres'), address('kith_owner'))
  } catch (error) {
    await stop(cluster)
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  project.provide('postgres', {
    superuser: address('postgres'),
    owner: address('kith_owner'),
    template: TEMPLATE,
  })
  return async () => {
    await stop(cluster)
    await rm(folder, { recursive: true, force: true })
  }
}
