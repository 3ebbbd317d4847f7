import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clone, migrationsFolder } from '#services/db/clone.server.ts'
import { migrate, readMigrations } from '#services/db/migrate.server.ts'
import { testDatabase, type TestDatabase } from '#tests/support/database.ts'
import {
  migrationsList,
  noFilter,
  schemaEngine,
  schemaFiles,
  sqlFromEmpty,
} from '../../../../scripts/lib/schema-engine.mjs'

let migrated: TestDatabase
beforeAll(async () => {
  migrated = await testDatabase()
})
afterAll(() => migrated.drop())

async function rowsOf<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const result = await client.query<Row>(sql)
    return result.rows
  } finally {
    await client.end()
  }
}

const lines = async (url: string, sql: string): Promise<string[]> =>
  (await rowsOf<{ line: string }>(url, sql)).map(({ line }) => line).sort()

/** Tables of ours: not Prisma's history, and nothing that an extension brought. */
const ours = `c.relnamespace = 'public'::regnamespace and c.relname <> '_prisma_migrations'
  and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')`

/** Prisma cannot say that a list is never null (for it none is), so whether a list's column may be is ours. */
const COLUMNS = `select format('%s.%s %s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
    case when a.attnotnull and t.typcategory <> 'A' then ' not null' else '' end) as line
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
  where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and ${ours}`
const DEFAULTS = `select format('%s.%s %s', c.relname, a.attname, pg_get_expr(d.adbin, d.adrelid)) as line
  from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
  join pg_class c on c.oid = a.attrelid where ${ours}
  union all -- an identity column is Prisma's autoincrement, done as the standard says
  select format($$%s.%s nextval('%1$s_%2$s_seq'::regclass)$$, c.relname, a.attname)
  from pg_attribute a join pg_class c on c.oid = a.attrelid where a.attidentity <> '' and ${ours}`
const ENUMS = `select format('%s: %s', t.typname, string_agg(e.enumlabel, ', ' order by e.enumsortorder)) as line
  from pg_enum e join pg_type t on t.oid = e.enumtypid group by t.typname`
/** By what they do, not by name or order. */
const KEYS = `select format('%s %s', c.relname, pg_get_constraintdef(k.oid)) as line
  from pg_constraint k join pg_class c on c.oid = k.conrelid where k.contype in ('p', 'f', 'u') and ${ours}`
const INDEXES = `select regexp_replace(pg_get_indexdef(i.indexrelid), ' INDEX \\S+ ON', ' INDEX ON') as line
  from pg_index i join pg_class c on c.oid = i.indrelid where not i.indisprimary and ${ours}`

test('the migrated database and the Prisma schema agree', async () => {
  const blank = await testDatabase('empty')
  try {
    const extensions = ['pg_trgm', 'unaccent', 'btree_gist', 'cube']
    const sql = await sqlFromEmpty(await schemaFiles(join(clone, 'prisma', 'schema')))
    await rowsOf(
      blank.url,
      `${extensions.map((name) => `create extension if not exists ${name};`).join('\n')}\n${sql}`,
    )
    for (const query of [COLUMNS, ENUMS])
      expect(await lines(migrated.url, query)).toEqual(await lines(blank.url, query))
    // The migrations may promise more than Prisma can say (exclusions, partial indexes, defaults), never less.
    for (const query of [DEFAULTS, KEYS, INDEXES]) {
      const there = new Set(await lines(migrated.url, query))
      const wanted = await lines(blank.url, query)
      expect(wanted.filter((line) => !there.has(line))).toEqual([])
    }
  } finally {
    await blank.drop()
  }
})

test('Prisma itself finds nothing to do', async () => {
  // Of its own: the engine keeps its lock until its connection ends.
  const database = await testDatabase()
  const files = await schemaFiles(join(clone, 'prisma', 'schema'))
  const engine = await schemaEngine(files, new PrismaPg({ connectionString: database.url }))
  const list = await migrationsList(migrationsFolder)
  const diagnosis = await engine.diagnoseMigrationHistory({
    migrationsList: list,
    optInToShadowDatabase: false,
    filters: noFilter,
  })
  expect(diagnosis).toMatchObject({
    editedMigrationNames: [],
    failedMigrationNames: [],
    hasMigrationsTable: true,
    history: null,
  })
  const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: list, filters: noFilter })
  expect(appliedMigrationNames).toEqual([])
  await database.drop()
})

test('migrating again does nothing', async () => {
  expect(await migrate(migrated.url)).toEqual([])
})

test('a database that cannot be reached is told in a sentence that names the setting and keeps the password', async () => {
  const nobody = new URL(migrated.url)
  nobody.username = 'nobody_we_know'
  nobody.password = 'fish and chips'
  const nowhere = new URL(migrated.url)
  nowhere.port = '1'
  await expect(migrate(nobody.href)).rejects.toThrow(
    /^DATABASE_URL: the database cannot be reached \(.*nobody_we_know(?!.*fish).*\)\.$/,
  )
  await expect(migrate(nowhere.href)).rejects.toThrow(
    'DATABASE_URL: the database cannot be reached (ECONNREFUSED).',
  )
})

test('two processes that start on an empty database at once migrate it once', async () => {
  const blank = await testDatabase('empty')
  try {
    const all = (await readMigrations()).map(({ name }) => name)
    const done = await Promise.all([migrate(blank.url), migrate(blank.url), migrate(blank.url)])
    expect(done.flat().sort()).toEqual(all)
    expect(done.filter((names) => names.length > 0)).toHaveLength(1)
  } finally {
    await blank.drop()
  }
})

test('a migration that fails is undone and named, and nothing after it runs', async () => {
  const blank = await testDatabase('empty')
  const folder = await mkdtemp(join(tmpdir(), 'kith-migrations-'))
  const write = async (name: string, sql: string) => {
    await cp(join(migrationsFolder, 'migration_lock.toml'), join(folder, name, 'lock'), { recursive: true })
    await writeFile(join(folder, name, 'migration.sql'), sql)
  }
  try {
    await write(
      '1_good',
      'create table good (id int); do $$ begin create role kith_app; exception when duplicate_object then null; end $$;',
    )
    await write('2_bad', 'create table half (id int); select 1 / 0;')
    await write('3_later', 'create table later (id int);')
    await expect(migrate(blank.url, folder)).rejects.toThrow(/2_bad failed and was undone: division by zero/)
    const tables = await lines(
      blank.url,
      `select c.relname as line from pg_class c where c.relkind = 'r' and ${ours}`,
    )
    expect(tables).toEqual(['good'])
  } finally {
    await rm(folder, { recursive: true })
    await blank.drop()
  }
})

test('an applied migration that was edited afterwards stops the start', async () => {
  const database = await testDatabase()
  try {
    await rowsOf(database.url, `update _prisma_migrations set checksum = repeat('0', 64)`)
    await expect(migrate(database.url)).rejects.toThrow(/was changed after it was applied/)
  } finally {
    await database.drop()
  }
})

test('the application cannot change its own tables or the history', async () => {
  const client = new pg.Client({ connectionString: migrated.url, options: '-c role=kith_app' })
  await client.connect()
  await expect(client.query('create table mine (id int)')).rejects.toThrow(/permission denied/)
  await expect(client.query('delete from _prisma_migrations')).rejects.toThrow(/permission denied/)
  await expect(client.query('select * from graphile_worker._private_jobs')).rejects.toThrow(
    /permission denied/,
  )
  await client.end()
})
