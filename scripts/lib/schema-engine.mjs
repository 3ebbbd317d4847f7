// Prisma's schema engine as WebAssembly, for machines that cannot fetch the native one.
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'

const require = createRequire(import.meta.url)

let bindings
/** The package's own entry imports the .wasm file as a module, which Node 20 cannot. */
async function load() {
  if (bindings) return bindings
  const glue = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const engine = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = await readFile(join(dirname(glue), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': engine })
  engine.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  bindings = engine
  return engine
}

/**
 * [path, content] of every file of the multi-file schema, in a fixed order.
 * @param {string} folder
 * @returns {Promise<[path: string, content: string][]>}
 */
export async function schemaFiles(folder) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.prisma')).sort()
  return Promise.all(
    names.map(async (name) => [join(folder, name), await readFile(join(folder, name), 'utf8')]),
  )
}

/**
 * The list of migrations as the engine wants it.
 * @param {string} folder
 * @returns {Promise<import('@prisma/schema-engine-wasm').MigrationList>}
 */
export async function migrationsList(folder) {
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  const lock = await readFile(join(folder, 'migration_lock.toml'), 'utf8').catch(() => null)
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: lock },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok', value: await readFile(join(folder, name, 'migration.sql'), 'utf8') },
        },
      })),
    ),
  }
}

export const noFilter = { externalTables: [], externalEnums: [] }

/**
 * @param {[path: string, content: string][]} files
 * @param {import('@prisma/driver-adapter-utils').SqlMigrationAwareDriverAdapterFactory} adapterFactory such as
 *   `new PrismaPg({ connectionString })`
 * @returns {Promise<import('@prisma/schema-engine-wasm').SchemaEngine>}
 */
export async function schemaEngine(files, adapterFactory) {
  const { SchemaEngine } = await load()
  return SchemaEngine.new(
    { datamodels: files },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapterFactory),
  )
}

/** The engine asks for a connection even when it compares with nothing; this one answers and does nothing. */
const noDatabase = {
  provider: 'postgres',
  adapterName: '@prisma/adapter-pg',
  async connect() {
    const { ColumnTypeEnum: type } = await import('@prisma/driver-adapter-utils')
    // Its first and only question: does the schema exist, and which PostgreSQL is this?
    const about = {
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [type.Boolean, type.Text, type.Int32],
      rows: [[true, 'PostgreSQL 18.0', 180_000]],
    }
    return {
      provider: 'postgres',
      adapterName: '@prisma/adapter-pg',
      queryRaw: async () => about,
      executeRaw: async () => 0,
      executeScript: async () => undefined,
      startTransaction: async () => {
        throw new Error('There is no database here')
      },
      getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
      dispose: async () => undefined,
    }
  },
  connectToShadowDb() {
    return this.connect()
  },
}

/**
 * SQL that makes an empty database into the given schema. Touches no database.
 * @param {[path: string, content: string][]} files
 * @returns {Promise<string>}
 */
export async function sqlFromEmpty(files) {
  const engine = await schemaEngine(files, noDatabase)
  const result = await engine.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: files.map(([path, content]) => ({ path, content })) },
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters: noFilter,
  })
  return result.stdout ?? ''
}
