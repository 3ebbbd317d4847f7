import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { migrationsFolder } from './clone.server.ts'
import { workerLogger } from './worker-log.server.ts'

/** The number that Prisma's own `migrate deploy` locks, so that the two never run at once. */
const LOCK = 72_707_369

/** Prisma's table, as Prisma makes it: `prisma migrate` can take over from here at any time. */
const HISTORY = `create table if not exists _prisma_migrations (
  id                  varchar(36) primary key not null,
  checksum            varchar(64) not null,
  finished_at         timestamptz,
  migration_name      varchar(255) not null,
  logs                text,
  rolled_back_at      timestamptz,
  started_at          timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`

/** The database's history and the folder's do not fit together. */
export class HistoryDiffers extends Error {}

const OLDEST = 150_000

/** @throws Error with a sentence when there is no database at the address, or one that is too old. */
async function connect(client: pg.Client): Promise<void> {
  try {
    await client.connect()
  } catch (error) {
    // PostgreSQL's own words name the user or database that it does not know, never the password.
    const { code, message } = error as { code?: string; message: string }
    const reason = error instanceof pg.DatabaseError ? message : (code ?? message)
    throw new Error(`DATABASE_URL: the database cannot be reached (${reason}).`, { cause: error })
  }
  const { rows } = await client.query<{ number: number; text: string }>(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as text",
  )
  const [version] = rows
  if (version && version.number < OLDEST) {
    await client.end()
    throw new Error(`Kith needs PostgreSQL 15 or newer; this is ${version.text}.`)
  }
}

interface Migration {
  name: string
  sql: string
  checksum: string
}

export async function readMigrations(folder = migrationsFolder): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const bytes = await readFile(join(folder, name, 'migration.sql'))
      return { name, sql: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') }
    }),
  )
}

interface Applied {
  migration_name: string
  checksum: string
  finished_at: Date | null
}

async function applied(client: pg.Client): Promise<Map<string, Applied>> {
  const { rows } = await client.query<Applied>(
    'select migration_name, checksum, finished_at from _prisma_migrations where rolled_back_at is null',
  )
  return new Map(rows.map((row) => [row.migration_name, row]))
}

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  const id = randomUUID()
  // The script and its line in the history come together or not at all.
  await client.query('begin')
  try {
    await client.query('insert into _prisma_migrations (id, checksum, migration_name) values ($1, $2, $3)', [
      id,
      migration.checksum,
      migration.name,
    ])
    await client.query(migration.sql)
    await client.query(
      'update _prisma_migrations set finished_at = clock_timestamp(), applied_steps_count = 1 where id = $1',
      [id],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    const words = error instanceof Error ? error.message : String(error)
    throw new Error(`Migration ${migration.name} failed and was undone: ${words}`, { cause: error })
  }
}

/**
 * Brings the database up to the migrations in prisma/migrations, as the user of `url`, then the worker's own
 * tables as the role kith_jobs. Safe to call from several processes at once.
 * @returns the names of what was applied now
 * @throws Error when an applied migration was edited, failed, or is not in the folder
 */
export async function migrate(url: string, folder = migrationsFolder): Promise<string[]> {
  const wanted = await readMigrations(folder)
  const client = new pg.Client({ connectionString: url, application_name: 'kith-migrate' })
  await connect(client)
  const done: string[] = []
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query(HISTORY)
    const known = await applied(client)
    for (const [name, row] of known) {
      const file = wanted.find((migration) => migration.name === name)
      if (!file)
        throw new HistoryDiffers(
          `The database has migration ${name}, which this version of Kith does not know.`,
        )
      if (row.finished_at === null)
        throw new HistoryDiffers(`Migration ${name} is marked as failed in the database.`)
      if (row.checksum !== file.checksum)
        throw new HistoryDiffers(`Migration ${name} was changed after it was applied.`)
    }
    for (const migration of wanted) {
      if (known.has(migration.name)) continue
      await applyOne(client, migration)
      done.push(migration.name)
    }
    // The health page reads it as the application's role.
    if (done.length > 0) await client.query('grant select on _prisma_migrations to kith_app')
    await client.query('select pg_advisory_unlock($1)', [LOCK])
  } finally {
    await client.end()
  }
  await migrateWorker(url)
  return done
}

/** The worker's tables belong to kith_jobs, who alone may touch them. */
async function migrateWorker(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 2, options: '-c role=kith_jobs' })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  try {
    await runMigrations({ pgPool: pool, logger: workerLogger(null) })
  } finally {
    await pool.end()
  }
}

/**
 * Why the database is not as this version of Kith needs it; null when it is.
 * @param names of the migrations that must be there
 */
export async function whatIsMissing(
  query: (sql: string) => Promise<{ migration_name: string }[]>,
  names: readonly string[],
): Promise<string | null> {
  const rows = await query(
    'select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  )
  const have = new Set(rows.map((row) => row.migration_name))
  const missing = names.filter((name) => !have.has(name))
  return missing.length === 0 ? null : `Migrations not applied: ${missing.join(', ')}`
}
